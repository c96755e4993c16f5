import Foundation
import Testing

/// An executable of this package that was built together with the tests.
enum ExampleProgram {
    /// Runs the program without arguments, and returns what it prints.
    static func output(of name: String) throws -> String {
        let process = Process()
        process.executableURL = try #require(folder).appending(path: name)
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(name) ended with \(process.terminationStatus)")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where the products are: the folder of the test bundle, which on Linux is itself an executable.
    private static var folder: URL? {
        let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
        return (bundle ?? Bundle.main.executableURL)?.deletingLastPathComponent()
    }
}
