import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A text file that only grows, one line per entry: the own record of a double that stands for an outside system.
///
/// A process that is killed leaves every line it was told is written, and at most one torn line after them. Opening
/// the record cuts that line off and keeps it in ``tornTail``, so that the next entry starts on a line of its own.
/// One value at a time appends to a file; ``read(_:)`` reads beside it, from any process.
///
/// A killed process loses nothing. Against a loss of power, `synchronizing` waits for the disk with every line.
public final class AppendOnlyRecordFile: Sendable {
    private struct State {
        var descriptor: Int32?
        var length: Int
        var isUncertain = false
    }

    /// The path as it was given.
    public let path: String
    /// The torn line that was found and cut off when the file was opened, if there was one.
    public let tornTail: String?
    private let isSynchronizing: Bool
    private let state: Mutex<State>

    /// The longest line: an entry is a record of one action and never a document.
    public static let lineBytesLimit = 65_536
    /// The largest file that is read, as its lines are held in memory.
    public static let fileBytesLimit = 1 << 30

    /// Opens the record at `path`, or creates an empty one.
    ///
    /// - Parameters:
    ///   - path: Where the record is; its folder must exist.
    ///   - synchronizing: Whether every line waits until the disk has it.
    /// - Throws: ``FileError`` when it cannot be opened or read, or when somebody else appends to it.
    public init(_ path: String, synchronizing: Bool = false) throws(FileError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(.notOpened, path, FileFault(number: errno).reason) }
        do throws(FileError) {
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw FileError(.inUse, path, FileFault(number: errno).reason)
            }
            let (whole, tail) = Self.split(try Self.bytes(of: descriptor, path))
            if !tail.isEmpty, ftruncate(descriptor, off_t(whole.count)) != 0 {
                throw FileError(.notWritten, path, FileFault(number: errno).reason)
            }
            tornTail = tail.isEmpty ? nil : String(decoding: tail, as: UTF8.self)
            state = Mutex(State(descriptor: descriptor, length: whole.count))
        } catch {
            _ = systemClose(descriptor)
            throw error
        }
        self.path = path
        isSynchronizing = synchronizing
    }

    deinit {
        close()
    }

    /// Appends one line; when the call returns, a killed process does not lose it.
    ///
    /// The line is written as it is, so it must not hold a line break: use ``append(fields:)`` or JSON, which escape.
    /// After a failed write the file is put back as it was; if that fails too, the record takes no more lines.
    public func append(_ line: String) throws(FileError) {
        guard !line.utf8.contains(where: { $0 == Self.lineBreak || $0 == UInt8(ascii: "\r") || $0 == 0 }) else {
            throw FileError(.unfitLine, path, "a line holds a line break or a zero")
        }
        let bytes = Array(line.utf8) + [Self.lineBreak]
        guard bytes.count <= Self.lineBytesLimit else {
            throw FileError(.unfitLine, path, "a line of \(bytes.count) bytes; the limit is \(Self.lineBytesLimit)")
        }
        try state.withLock { state throws(FileError) in
            try append(bytes, &state)
        }
    }

    /// Appends the fields as one line, tab between them, escaped so that ``TabSeparated/fields(of:)`` gives them back.
    public func append(fields: [String]) throws(FileError) {
        try append(TabSeparated.line(of: fields))
    }

    /// Everything that was appended so far.
    public func contents() throws(FileError) -> AppendOnlyRecord {
        try state.withLock { state throws(FileError) in
            try Self.record(try Self.bytes(of: openDescriptor(state), path), path)
        }
    }

    /// Closes the file; every later call fails with ``FileError/Code/closed``.
    public func close() {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            // A child that is just being started shares the open file until it runs its own program: closing it here
            // alone would leave it locked for that long.
            _ = flock(descriptor, LOCK_UN)
            _ = systemClose(descriptor)
            state.descriptor = nil
        }
    }

    /// Reads a record that somebody else may be appending to, and changes nothing.
    public static func read(_ path: String) throws(FileError) -> AppendOnlyRecord {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.notOpened, path, FileFault(number: errno).reason) }
        defer { _ = systemClose(descriptor) }
        return try record(try bytes(of: descriptor, path), path)
    }
}

extension AppendOnlyRecordFile {
    private static let lineBreak = UInt8(ascii: "\n")

    private func append(_ bytes: [UInt8], _ state: inout State) throws(FileError) {
        let descriptor = try openDescriptor(state)
        guard !state.isUncertain else {
            throw FileError(.unknown, path, "an earlier write failed and could not be taken back")
        }
        if let fault = FileDescriptor.write(bytes, to: descriptor) {
            state.isUncertain = ftruncate(descriptor, off_t(state.length)) != 0
            throw FileError(state.isUncertain ? .unknown : .notWritten, path, FileFault(number: fault).reason)
        }
        state.length += bytes.count
        if isSynchronizing, fsync(descriptor) != 0 {
            // What a failed sync has written is not known, and a second sync may report success falsely.
            state.isUncertain = true
            throw FileError(.unknown, path, FileFault(number: errno).reason)
        }
    }

    private func openDescriptor(_ state: State) throws(FileError) -> Int32 {
        guard let descriptor = state.descriptor else { throw FileError(.closed, path, "the record was closed") }
        return descriptor
    }

    private static func bytes(of descriptor: Int32, _ path: String) throws(FileError) -> [UInt8] {
        let size: Int
        do throws(FileFault) {
            size = try FileDescriptor.size(of: descriptor)
        } catch {
            throw FileError(.notRead, path, error.reason)
        }
        guard size <= fileBytesLimit else {
            throw FileError(.malformed, path, "\(size) bytes; the limit is \(fileBytesLimit)")
        }
        do throws(FileFault) {
            return try FileDescriptor.read(size, at: 0, from: descriptor)
        } catch {
            throw FileError(.notRead, path, error.reason)
        }
    }

    private static func split(_ bytes: [UInt8]) -> (whole: ArraySlice<UInt8>, tail: ArraySlice<UInt8>) {
        let end = bytes.lastIndex(of: lineBreak).map { $0 + 1 } ?? 0
        return (bytes[..<end], bytes[end...])
    }

    private static func record(_ bytes: [UInt8], _ path: String) throws(FileError) -> AppendOnlyRecord {
        let (whole, tail) = split(bytes)
        var lines: [String] = []
        for line in whole.dropLast().split(separator: lineBreak, omittingEmptySubsequences: false) where !whole.isEmpty
        {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw FileError(.malformed, path, "line \(lines.count + 1) is not UTF-8")
            }
            lines.append(text)
        }
        return AppendOnlyRecord(lines: lines, tornTail: tail.isEmpty ? nil : String(decoding: tail, as: UTF8.self))
    }
}

/// `close` of the C library, which the type's own method of that name would hide.
private func systemClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
