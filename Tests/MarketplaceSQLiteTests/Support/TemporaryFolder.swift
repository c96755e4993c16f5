#if SQLite
import Foundation

/// A folder that is removed with the last reference to it.
final class TemporaryFolder: Sendable {
    let url: URL

    /// A new folder; a volatile one in memory where the system has such a place, for tests that make many files.
    init(isVolatile: Bool = false) throws {
        let memory = URL(filePath: "/dev/shm")
        let isMemory = isVolatile && FileManager.default.isWritableFile(atPath: memory.path)
        let parent = isMemory ? memory : FileManager.default.temporaryDirectory
        url = parent.appending(path: "marketplace-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing is left to do where it cannot be removed: the system clears its temporary files.
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    func path(_ name: String = "market.db") -> String { url.appending(path: name).path }
}
#endif
