"""Copies in a bucket, through boto3 (the extra `s3`). Endpoint and credentials are those of AWS's own environment."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from bot.evidence.shelf import CannotKeep, NotThere, parts_of, sweep

MISSING = {"NoSuchKey", "404", "NotFound"}
TRIES, CONNECT_S, READ_S = 3, 5, 60


class S3Shelf:
    """A bucket, with a prefix where several programs share it. Nothing is opened before it is used."""

    def __init__(self, bucket: str, prefix: str, scratch: Path) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._scratch = scratch

    @property
    def where(self) -> str:
        """The bucket and the prefix."""
        return "/".join(part for part in (f"s3:{self._bucket}", self._prefix) if part)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on this machine."""
        try:
            self._scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
            sweep(self._scratch)
            made = tempfile.mkdtemp(dir=self._scratch)
        except OSError as error:
            raise CannotKeep(str(error.strerror).lower()) from error
        try:
            yield Path(made)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def put(self, name: str, file: Path) -> None:
        """Upload a file; a bucket shows it when all of it is there."""
        with self._speaking(), file.open("rb") as contents:
            self._client.put_object(Bucket=self._bucket, Key=self._key(name), Body=contents)

    def open(self, name: str) -> BinaryIO:
        """The contents of a copy, as they come."""
        with self._speaking():
            found = self._client.get_object(Bucket=self._bucket, Key=self._key(name))
        return cast("BinaryIO", found["Body"])

    def remove(self, name: str) -> None:
        """Delete a copy; a bucket does not mind where there is none."""
        with self._speaking():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(name))

    def fault(self) -> str:
        """Whether the bucket answers."""
        try:
            with self._speaking():
                self._client.head_bucket(Bucket=self._bucket)
        except (CannotKeep, NotThere) as error:
            return f"{self.where}: {error}"
        return ""

    @cached_property
    def _client(self) -> Any:
        import boto3  # noqa: PLC0415 - only who keeps evidence in a bucket has it
        from botocore.config import Config  # noqa: PLC0415

        config = Config(
            connect_timeout=CONNECT_S,
            read_timeout=READ_S,
            retries={"max_attempts": TRIES},
            request_checksum_calculation="when_required",  # other makers' buckets know nothing of the newer ones
            response_checksum_validation="when_required",
        )
        return boto3.client("s3", config=config)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """The bucket's own errors as ours."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in MISSING:
                raise NotThere(code) from error
            raise CannotKeep(f"the bucket says {code}") from error
        except BotoCoreError as error:
            raise CannotKeep(type(error).__name__) from error

    def _key(self, name: str) -> str:
        agency, contents, variant = parts_of(name)
        return "/".join(part for part in (self._prefix, agency, f"{contents}{variant}") if part)
