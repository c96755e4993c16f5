#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a whole file, or all that is written to the standard input.
public enum InputFile {
    /// The name that stands for the standard input.
    public static let standardInput = "-"

    /// The bytes of the file at `path`, or of the standard input for `-`.
    ///
    /// Reads one byte more than the limit and no further, so that a file of any size is noticed and takes no memory.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let isStandardInput = path == standardInput
        let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.notOpened, path, FileFault(number: errno).reason) }
        defer { if !isStandardInput { close(descriptor) } }
        do throws(FileFault) {
            return try FileDescriptor.readAll(from: descriptor, limit: limit + 1)
        } catch {
            throw FileError(.notRead, path, error.reason)
        }
    }
}
