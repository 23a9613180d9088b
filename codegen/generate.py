"""Generates the C++ structs and tables of the served AWS operations.

    generate.py --models DIR|botocore --served served.toml --patches DIR --out DIR [--list]

`--list` prints the files it would write, one a line, and writes nothing: the build asks once at configure time.
"""

import argparse
import sys
import tomllib
from pathlib import Path

import emit_operations
import emit_shapes
import emit_types
import model


def read_services(models_dir, served_file, patches_dir):
    served = tomllib.loads(Path(served_file).read_text())
    return [
        model.Service(name, model.load(models_dir, entry["model"], patches_dir, name), entry["operations"])
        for name, entry in served.items()
    ]


def outputs(services):
    """File name -> text, for every file of every service."""
    files = {}
    for service in services:
        files[f"{service.namespace}_types.h"] = emit_types.emit(service)
        files[f"{service.namespace}_shapes.h"] = emit_shapes.emit_header(service)
        for index in range(emit_shapes.file_count(service)):
            files[f"{service.namespace}_shapes_{index}.cc"] = emit_shapes.emit_source(service, index)
        files[f"{service.namespace}_operations.h"] = emit_operations.emit_header(service)
        files[f"{service.namespace}_operations.cc"] = emit_operations.emit_source(service)
    files["services.cc"] = emit_operations.emit_list(services)
    return files


def botocore_models():
    import botocore
    return Path(botocore.__file__).parent / "data"


def write(out_dir, files):
    """Leaves unchanged files alone, so that their objects are not rebuilt."""
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = out_dir / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", default="botocore")
    parser.add_argument("--served", required=True)
    parser.add_argument("--patches", required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args(argv)
    models_dir = botocore_models() if args.models == "botocore" else args.models
    files = outputs(read_services(models_dir, args.served, args.patches))
    if args.list:
        print("\n".join(files))
    else:
        write(args.out, files)


if __name__ == "__main__":
    main(sys.argv[1:])
