#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder of files.
public enum FileFolder {
    /// Makes the folder at `path`, if nothing is there; the folder above must be there.
    public static func make(_ path: String) throws(FileError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        throw FileError(.notOpened, path, FileFault(number: errno).reason)
    }

    /// The names of all that is in the folder at `path`, in the order of their bytes.
    public static func names(in path: String) throws(FileError) -> [String] {
        guard let folder = opendir(path) else { throw FileError(.notOpened, path, FileFault(number: errno).reason) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                // The operating system ends the name with a NUL within the field.
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
