"""An authority of our own for the test node, and the node's certificate by it: the client's TLS settings are tried on a real handshake."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

CA, CERTIFICATE, KEY = "ca.crt", "node.crt", "node.key"
_DAYS: Final = 2
_ADDRESS: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Tls:
    ca: str  # path
    fingerprint: str  # SHA-256 of the node's certificate


def make(folder: Path) -> Tls:
    """Writes CA, CERTIFICATE and KEY, good for two days on loopback."""
    folder.mkdir()
    authority, node = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name, node_name = _name("qingbao test authority"), _name("qingbao test node")
    ca = _draft(ca_name, ca_name, authority).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address(_ADDRESS))])
    certificate = _draft(node_name, ca_name, node).add_extension(address, critical=False).sign(authority, hashes.SHA256())
    (folder / CA).write_bytes(ca.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / KEY).write_bytes(node.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return Tls(ca=str(folder / CA), fingerprint=certificate.fingerprint(hashes.SHA256()).hex())


def settings() -> dict[str, Any]:
    """For elasticsearch.yml; the files lie in `tls` beside it."""
    prefix = "xpack.security.http.ssl"
    return {f"{prefix}.enabled": True, f"{prefix}.certificate": f"tls/{CERTIFICATE}", f"{prefix}.key": f"tls/{KEY}"}


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _draft(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    draft = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
    return draft.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=_DAYS))
