import MarketplaceCore
import MarketplaceStorage

extension SagaRecord {
    /// The tags of the stored form.
    ///
    /// They are never given a new meaning.
    private enum Tag: UInt8 {
        case started = 1
        case claimed = 2
        case intended = 3
        case skipped = 4
        case done = 5
        case notDone = 6
        case unknown = 7
        case aborting = 8
        case undone = 9
        case stuck = 10
        case completed = 11
        case aborted = 12
    }

    func write(to writer: inout BinaryWriter) {
        switch self {
        case .started(let start):
            writer.write(Tag.started.rawValue)
            start.write(to: &writer)
        case .claimed(let worker):
            writer.write(Tag.claimed.rawValue)
            writer.write(worker)
        case .intended(let step): Self.write(.intended, step, to: &writer)
        case .skipped(let step): Self.write(.skipped, step, to: &writer)
        case .undone(let step): Self.write(.undone, step, to: &writer)
        case .done(let step, let output):
            Self.write(.done, step, to: &writer)
            writer.write(output)
        case .notDone(let step): Self.write(.notDone, step, to: &writer)
        case .unknown(let step): Self.write(.unknown, step, to: &writer)
        case .aborting(let abort):
            writer.write(Tag.aborting.rawValue)
            abort.write(to: &writer)
        case .aborted(let abort):
            writer.write(Tag.aborted.rawValue)
            abort.write(to: &writer)
        case .stuck(let stuck):
            writer.write(Tag.stuck.rawValue)
            stuck.write(to: &writer)
        case .completed: writer.write(Tag.completed.rawValue)
        }
    }

    private static func write(_ tag: Tag, _ step: Int, to writer: inout BinaryWriter) {
        writer.write(tag.rawValue)
        writer.write(step)
    }

    init(from reader: inout BinaryReader) throws(BinaryFormatError) {
        let byte = try reader.readByte()
        guard let tag = Tag(rawValue: byte) else { throw reader.error("record \(byte) is not known") }
        switch tag {
        case .started: self = .started(try SagaStart(from: &reader))
        case .claimed: self = .claimed(worker: try reader.readString())
        case .intended: self = .intended(try reader.readInt())
        case .skipped: self = .skipped(try reader.readInt())
        case .undone: self = .undone(try reader.readInt())
        case .done: self = .done(try reader.readInt(), output: try reader.readBytes())
        case .notDone: self = .notDone(try reader.readInt())
        case .unknown: self = .unknown(try reader.readInt())
        case .aborting: self = .aborting(try SagaAbort(from: &reader))
        case .aborted: self = .aborted(try SagaAbort(from: &reader))
        case .stuck: self = .stuck(try SagaStuck(from: &reader))
        case .completed: self = .completed
        }
    }
}

extension SagaStart {
    fileprivate func write(to writer: inout BinaryWriter) {
        writer.write(definition)
        writer.write(version)
        writer.write(fingerprint)
        writer.write(key.text)
        writer.write(input)
        writer.write(worker)
    }

    fileprivate init(from reader: inout BinaryReader) throws(BinaryFormatError) {
        definition = try reader.readString()
        version = try reader.readInt()
        fingerprint = try reader.readUInt64()
        let text = try reader.readString()
        guard let key = try? SagaKey(text) else { throw reader.error("the business key is not a key") }
        self.key = key
        input = try reader.readBytes()
        worker = try reader.readString()
    }
}

extension SagaAbort {
    func write(to writer: inout BinaryWriter) {
        writer.write(step)
        writer.write(reason)
        writer.write(encodedError)
    }

    init(from reader: inout BinaryReader) throws(BinaryFormatError) {
        step = try reader.readString()
        reason = try reader.readString()
        encodedError = try reader.readBytes()
    }
}

extension SagaStuck {
    func write(to writer: inout BinaryWriter) {
        writer.write(step)
        writer.write(direction.rawValue)
        writer.write(reason)
    }

    init(from reader: inout BinaryReader) throws(BinaryFormatError) {
        step = try reader.readString()
        let text = try reader.readString()
        guard let direction = Direction(rawValue: text) else { throw reader.error("direction \(text) is not known") }
        self.direction = direction
        reason = try reader.readString()
    }
}
