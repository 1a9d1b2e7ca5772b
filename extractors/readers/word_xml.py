"""XML of foreign documents: no entities, no network, no DOCTYPE."""

from lxml import etree

from extractors.readers.errors import ReadError


def parsed(data: bytes, url: str, part: str) -> etree._Element:
    """The root of an XML part. Raises ReadError `broken`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("broken", f"{url}: {part} is no well-formed XML ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("broken", f"{url}: {part} has a DOCTYPE")
    return root


def local(element: etree._Element) -> str:
    """The tag without its namespace: transitional and strict documents differ in it only (ISO/IEC 29500)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of that local name."""
    if element is None:
        return None
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element
