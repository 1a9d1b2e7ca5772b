"""What the server or the network says → our errors, in words for the person who asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import TlsError
from elasticsearch import ApiError, ConnectionError, ConnectionTimeout, SerializationError, TransportError, UnsupportedProductError

from index.errors import EngineDown, NotAllowed, ReadOnly, SchemaMismatch, SearchError, Untrusted, WrongVersion


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raises EngineDown, NotAllowed, ReadOnly, SchemaMismatch, Untrusted, WrongVersion, SearchError."""
    try:
        yield
    except TlsError as error:
        raise Untrusted(f"Elasticsearch（{url}）的证书不可信，请检查 search.ca_certs 或 search.fingerprint：{error.message}") from error
    except (ConnectionError, ConnectionTimeout) as error:
        raise EngineDown(f"Elasticsearch（{url}）没有回应：{error.message}") from error
    except UnsupportedProductError as error:
        raise WrongVersion(f"{url} 不是 Elasticsearch 8 或 9") from error
    except ApiError as error:
        raise of_status(url, error.status_code, error.body) from error
    except (SerializationError, TransportError) as error:
        raise SearchError(f"Elasticsearch（{url}）的回答无法读取：{error}") from error


def of_status(url: str, status: int, body: Any) -> SearchError:
    said = _reason(body)
    if "cluster_block_exception" in said:
        return ReadOnly(f"Elasticsearch（{url}）拒绝写入，多半是磁盘将满：{said}")
    if status in (401, 403):
        return NotAllowed(f"Elasticsearch（{url}）拒绝访问（{status}），请检查用户名、密码或密钥")
    if "media_type_header_exception" in said:
        return WrongVersion(f"{url} 不是 Elasticsearch 8 或 9：{said}")
    if any(word in said for word in ("strict_dynamic_mapping_exception", "document_parsing_exception", "mapper_parsing_exception")):
        return SchemaMismatch(f"索引的字段与程序不一致，请运行 qingbao index --rebuild：{said}")
    if status in (429, 502, 503, 504):
        return EngineDown(f"Elasticsearch（{url}）暂时不能服务（{status}）：{said}")
    return SearchError(f"Elasticsearch（{url}）出错（{status}）：{said}")


def _reason(body: Any) -> str:
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)[:500]
    causes = [error, *error.get("root_cause", []), error.get("caused_by") or {}]
    return "；".join(dict.fromkeys(f"{c.get('type', '')}: {c.get('reason', '')}" for c in causes if c))[:500]
