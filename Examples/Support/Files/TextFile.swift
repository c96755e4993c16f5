#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes a whole text file, such as a report.
public enum TextFile {
    /// Replaces the file at `path`, or creates it.
    ///
    /// A regular file is replaced as a whole by renaming, so a reader sees the old text or the new one. A device, a
    /// pipe or a symbolic link is written through in place.
    public static func write(_ text: String, to path: String) throws(FileError) {
        var status = stat()
        let exists = lstat(path, &status) == 0
        let isReplaceable = !exists || (status.st_mode & S_IFMT) == S_IFREG
        let target = isReplaceable ? "\(path).\(getpid()).partial" : path
        let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, exists ? status.st_mode & 0o777 : 0o644)
        guard descriptor >= 0 else { throw FileError(.notOpened, path, FileFault(number: errno).reason) }
        var fault = FileDescriptor.write(Array(text.utf8), to: descriptor)
        // Some file systems report a full disk only here.
        if close(descriptor) != 0, fault == nil { fault = errno }
        if isReplaceable, fault == nil, rename(target, path) != 0 { fault = errno }
        guard let fault else { return }
        if isReplaceable { unlink(target) }
        throw FileError(isReplaceable ? .notWritten : .unknown, path, FileFault(number: fault).reason)
    }
}
