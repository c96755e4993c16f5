#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder that is removed, with its files, when nobody holds it any more.
final class TemporaryFolder: Sendable {
    let path: String

    /// Makes a folder within another.
    init(in parent: String) throws {
        var name = Array("\(parent)/marketplace-bench-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw BenchmarkFailure.noFolder(parent) }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink("\(path)/\(name)")
            }
            closedir(folder)
        }
        rmdir(path)
    }
}
