"""The files of a work tree: read without following links, replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import stat

from tkt.errors import Refused, Unavailable

_TEMPORARY = ".tkt-writing-"


def read(root: str, path: str) -> bytes | None:
    """The bytes of a file below ``root``; None if there is none.

    Refused if the file, or a folder on the way to it, is a symbolic link: nothing is followed.
    """
    _no_link_above(root, path)
    try:
        # Without O_NONBLOCK a named pipe would keep us waiting for somebody to write into it.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        handle = os.open(f"{root}/{path}", flags)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Refused("file.link", path=path) from error
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused("file.link", path=path)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read()
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    finally:
        os.close(handle)


def _no_link_above(root: str, path: str) -> None:
    folder = ""
    for part in path.split("/")[:-1]:
        folder += f"{part}/"
        if part == ".." or os.path.islink(f"{root}/{folder[:-1]}"):
            raise Refused("file.link", path=folder)


def write(root: str, path: str, content: bytes, *, durable: bool = False) -> None:
    """Replace the file at ``path`` in one step; Unavailable if the disk says no.

    ``durable`` waits until the bytes have reached the disk.
    """
    _no_link_above(root, path)
    target = f"{root}/{path}"
    folder, _, name = target.rpartition("/")
    temporary = f"{folder}/{_TEMPORARY}{os.getpid()}-{name}"
    try:
        handle = _create(temporary, folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                if durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            os.replace(temporary, target)
        except BaseException:
            forget(temporary)
            raise
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error


def _create(temporary: str, folder: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    for attempt in range(2):
        try:
            return os.open(temporary, flags, 0o666)
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
        except FileExistsError:
            if attempt:
                raise
            forget(temporary)  # left by a process with our number that was killed
    return os.open(temporary, flags, 0o666)


def forget(path: str) -> None:
    """Delete a file of our own, if it is there."""
    try:
        os.unlink(path)
    except OSError:
        return


def let_run(path: str, may_run: bool) -> None:
    """Give or take the right to execute a file, for whoever may read it."""
    try:
        mode = os.stat(path, follow_symlinks=False).st_mode
        os.chmod(path, mode | (mode & 0o444) >> 2 if may_run else mode & ~0o111)
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error


def remove(root: str, path: str) -> None:
    """Delete a file, and the folders above it that it leaves empty."""
    _no_link_above(root, path)
    try:
        os.unlink(f"{root}/{path}")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def claim(path: str, mark: str) -> bool:
    """Make ``path`` a second name of the file ``mark``; False if there is such a file already."""
    try:
        os.link(mark, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOTSUP, errno.EMLINK):  # a disk without hard links
            return _create_marked(path, mark)
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    return True


def _create_marked(path: str, mark: str) -> bool:
    try:
        with open(mark, "rb") as old, open(path, "xb") as new:
            new.write(old.read())
    except FileExistsError:
        return False
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    return True


def copy(old: str, new: str) -> None:
    """A second name for a file that is only ever replaced; a copy where there are no hard links."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        raise
    except OSError:
        from shutil import copyfile

        copyfile(old, new)


def keep(root: str, path: str) -> str | None:
    """Keep a file as it is under a second name, which is returned; None if there is no file.

    Giving it back needs no room on the disk.
    """
    _no_link_above(root, path)
    folder, _, name = f"{root}/{path}".rpartition("/")
    held = f"{folder}/{_TEMPORARY}{os.getpid()}-kept-{name}"
    forget(held)
    try:
        os.link(f"{root}/{path}", held, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    return held


def give_back(root: str, path: str, held: str | None) -> None:
    """Make a file what :func:`keep` found."""
    if held is None:
        remove(root, path)
        return
    try:
        os.replace(held, f"{root}/{path}")
    except OSError as error:
        raise Unavailable("disk.failed", path=path, message=error.strerror) from error
    forget(held)  # a rename onto another name of the same file does nothing


def is_leftover(name: str) -> bool:
    """Whether a file name is that of a temporary file of a write that was cut short."""
    return name.startswith(_TEMPORARY)


def blob_there(path: str, *, like: str) -> str | None:
    """The name Git gives to what lies at ``path``, a file or a link; None where there is none."""
    try:
        if os.path.islink(path):
            return blob_name(os.fsencode(os.readlink(path)), like=like)
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            return blob_name(stream.read(), like=like)
    except OSError:
        return ""


def blob_name(content: bytes, *, like: str) -> str:
    """The name Git gives to ``content`` as a blob, in the hash that the name ``like`` is in."""
    digest = _sha256 if len(like) == 64 else _sha1
    return digest(b"blob %d\0" % len(content) + content)


def _sha1(content: bytes) -> str:
    try:
        from _sha1 import sha1  # type: ignore[import-not-found]
    except ImportError:  # hashlib loads OpenSSL, which costs every list 4 ms
        from hashlib import sha1
    return str(sha1(content).hexdigest())


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
