#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The few POSIX calls on an open file, with interrupted and partial calls carried on.
enum FileDescriptor {
    /// Writes all the bytes; answers with the `errno` of a failure, or `nil`.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    /// Reads `count` bytes from `offset`, or fewer where the file ends.
    static func read(_ count: Int, at offset: Int, from descriptor: Int32) throws(FileFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
            }
            if got > 0 {
                filled += got
            } else if got == 0 {
                break
            } else if errno != EINTR {
                throw FileFault(number: errno)
            }
        }
        return Array(bytes.prefix(filled))
    }

    /// Reads from where the file, or the pipe, stands to its end, but no more than `limit` bytes.
    static func readAll(from descriptor: Int32, limit: Int) throws(FileFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit, 65_536))
        while bytes.count < limit {
            let wanted = min(chunk.count, limit - bytes.count)
            let got = chunk.withUnsafeMutableBytes { buffer in systemRead(descriptor, buffer.baseAddress, wanted) }
            if got > 0 {
                bytes += chunk.prefix(got)
            } else if got == 0 {
                break
            } else if errno != EINTR {
                throw FileFault(number: errno)
            }
        }
        return bytes
    }

    /// The size of the file in bytes.
    static func size(of descriptor: Int32) throws(FileFault) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFault(number: errno) }
        return Int(status.st_size)
    }

    private static func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.read(descriptor, start, count)
        #elseif canImport(Glibc)
        Glibc.read(descriptor, start, count)
        #else
        Musl.read(descriptor, start, count)
        #endif
    }

    private static func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.write(descriptor, start, count)
        #elseif canImport(Glibc)
        Glibc.write(descriptor, start, count)
        #else
        Musl.write(descriptor, start, count)
        #endif
    }
}
