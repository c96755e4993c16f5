public import MarketplaceCore

/// Why a file could not be opened, read or written.
public struct FileError: EffectStating, Hashable, CustomStringConvertible {
    /// The kind of failure; more kinds may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The failure in a few words.
        public let description: String

        /// The file could not be opened or created.
        public static let notOpened = Code(description: "cannot open")
        /// Another process, or another value in this one, already appends to the file.
        public static let inUse = Code(description: "already in use")
        /// The file could not be read.
        public static let notRead = Code(description: "cannot read")
        /// The text was not written, and the file is as it was.
        public static let notWritten = Code(description: "cannot write")
        /// The text may or may not have reached the disk, and the file takes no more.
        public static let unknown = Code(description: "cannot tell what was written")
        /// The line holds a line break, or is longer than the limit.
        public static let unfitLine = Code(description: "unfit line")
        /// The content is not what this type writes.
        public static let malformed = Code(description: "malformed content")
        /// The file was closed.
        public static let closed = Code(description: "closed")
    }

    /// The kind of failure.
    public let code: Code
    /// The path as it was given.
    public let path: String
    /// What the operating system said, or what is wrong with the content.
    public let reason: String

    init(_ code: Code, _ path: String, _ reason: String) {
        self.code = code
        self.path = path
        self.reason = reason
    }

    /// Whether the same call may succeed later without anybody repairing anything.
    public var isRetriable: Bool { code == .inUse || code == .notWritten }

    /// What is known of a write that ended so: not applied, refused, or unknown.
    public var effect: EffectOutcome {
        if code == .unknown { return .unknown }
        return isRetriable ? .notApplied : .refused
    }

    /// The path, the failure, and the reason on one line.
    public var description: String { "\(path): \(code): \(reason)" }
}
