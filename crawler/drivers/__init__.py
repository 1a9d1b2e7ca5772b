"""How list pages of each CMS family are read. A site is a source file; a platform that many sites share is a driver."""

from crawler.drivers import gkmlpt, html_list, jpage
from crawler.source import Driver

DRIVERS: dict[str, Driver] = {
    "html_list": html_list.read,
    "jpage": jpage.read,
    "gkmlpt": gkmlpt.read,
}
