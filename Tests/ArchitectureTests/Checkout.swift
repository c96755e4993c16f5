import Foundation
import Testing

/// The package these tests belong to, as it lies on disk.
enum Checkout {
    /// The folder of `Package.swift`.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of every module in `Sources`.
    static func sources() throws -> [SourceFile] {
        let folder = root.appending(path: "Sources")
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            return SourceFile(module: parts[0], path: parts.count > 1 ? parts[1] : path, text: text)
        }
    }

    /// What `swift package dump-package` says of the manifest.
    static func manifest() throws -> [ManifestTarget] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // A build folder of its own: the one of this very test run is locked.
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let dump = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "swift package dump-package failed")
        return try ManifestTarget.all(in: dump)
    }
}
