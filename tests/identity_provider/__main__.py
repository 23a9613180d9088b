"""The harness by hand, for the guide and for trying things out.

usage: PYTHONPATH=tests python3 -m identity_provider serve
           an empty Keycloak until Ctrl-C; prints how to reach it, as lines for a shell
       USERS_PASSWORD=... PYTHONPATH=tests python3 -m identity_provider sign-in KEYCLOAK/realms/weir ann
           signs in and prints the base64 SAMLResponse; SSL_CERT_FILE names a certificate to trust
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from .browser import Browser
from .server import Process
from .sign_in import Refused, signed_in


def serve() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: Keycloak must not outlive us
    with tempfile.TemporaryDirectory() as directory:
        process = Process(Path(directory)).start()
        print(f"export KEYCLOAK={process.address} KEYCLOAK_ADMIN_PASSWORD={process.admin_password}")
        print(f"export SSL_CERT_FILE={process.certificate}", flush=True)
        try:
            process.process.wait()
        except KeyboardInterrupt:
            process.stop()


def sign_in(issuer: str, user: str) -> None:
    try:
        form = signed_in(Browser(), f"{issuer}/protocol/saml/clients/aws", user, os.environ["USERS_PASSWORD"])
    except Refused as refusal:
        raise SystemExit(str(refusal))
    print(form.fields["SAMLResponse"])


match sys.argv[1:]:
    case ["serve"]:
        serve()
    case ["sign-in", issuer, user]:
        sign_in(issuer, user)
    case _:
        raise SystemExit(__doc__)
