"""Scrapy settings that hold for every crawl; `crawler.crawl` adds those of the source. Only what differs from the defaults."""

BOT_NAME = "qingbao"
SPIDER_MODULES = ["crawler.spiders"]

ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
CONCURRENT_REQUESTS = 1  # a source is read one request at a time, so that a pause (Retry-After) pauses all of it
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0  # half the delay that a site asks for would not be what it asks for
RETRY_TIMES = 2
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order of the list, the newest first
SCHEDULER_START_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
TWISTED_DNS_RESOLVER = "crawler.politeness.PublicResolver"
HTTPPROXY_ENABLED = False  # behind a proxy the addresses that a name leads to could not be checked
HTTPCACHE_ENABLED = False
TELNETCONSOLE_ENABLED = False
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9", "Accept-Encoding": "gzip, deflate"}

DOWNLOADER_MIDDLEWARES = {
    "crawler.politeness.Gate": 50,  # before everything, robots.txt included
    "crawler.politeness.RobotsOutage": 540,  # after RetryMiddleware (550) has given up
    "crawler.politeness.RetryAfter": 560,  # sees a response before RetryMiddleware (550)
    "crawler.politeness.Wire": 900,  # next to the wire, before HttpCompression (590) undoes the coding
}
EXTENSIONS = {"crawler.politeness.CrawlDelay": 0}
ITEM_PIPELINES = {"crawler.pipeline.ArchivePipeline": 100}
LOG_LEVEL = "WARNING"
