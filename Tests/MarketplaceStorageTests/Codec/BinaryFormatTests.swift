import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing

struct BinaryFormatTests {
    /// One value of any kind that can be written.
    private enum Value: Hashable {
        case byte(UInt8)
        case unsigned(UInt64)
        case signed(Int64)
        case int(Int)
        case bits(UInt128)
        case text(String)
        case data([UInt8])

        init(_ run: inout PropertyRun) {
            switch run.natural(through: 6) {
            case 0: self = .byte(UInt8(run.natural(through: 255)))
            case 1: self = .unsigned(UInt64(bitPattern: run.integer()))
            case 2: self = .signed(run.integer())
            case 3: self = .int(Int(run.integer()))
            case 4: self = .bits(UInt128(run.generator.next()) << 64 | UInt128(run.generator.next()))
            case 5:
                self = .text(String(repeating: run.element(of: ["", "a", "\u{E9}", "\u{0}", "\u{1F600}"]), count: 40))
            default: self = .data((0..<run.natural(through: 300)).map { UInt8(truncatingIfNeeded: $0) })
            }
        }

        func write(to writer: inout BinaryWriter) {
            switch self {
            case .byte(let value): writer.write(value)
            case .unsigned(let value): writer.write(value)
            case .signed(let value): writer.write(value)
            case .int(let value): writer.write(value)
            case .bits(let value): writer.write(value)
            case .text(let value): writer.write(value)
            case .data(let value): writer.write(value)
            }
        }

        /// What is read in the place of this value.
        func reread(from reader: inout BinaryReader) throws(BinaryFormatError) -> Value {
            switch self {
            case .byte: .byte(try reader.readByte())
            case .unsigned: .unsigned(try reader.readUInt64())
            case .signed: .signed(try reader.readInt64())
            case .int: .int(try reader.readInt())
            case .bits: .bits(try reader.readUInt128())
            case .text: .text(try reader.readString())
            case .data: .data(try reader.readBytes())
            }
        }
    }

    @Test func whateverIsWrittenIsReadBack() {
        PropertyRun.check { run in
            var writer = BinaryWriter()
            let values = (0..<run.natural(through: 20)).map { _ in Value(&run) }
            for value in values { value.write(to: &writer) }
            var reader = BinaryReader(writer.bytes)
            for value in values {
                let reread = try value.reread(from: &reader)
                #expect(reread == value, run.replay)
            }
            #expect(reader.isAtEnd, run.replay)
        }
    }

    @Test func bytesThatEndEarlyAreAnErrorWherever() {
        PropertyRun.check(300) { run in
            var writer = BinaryWriter()
            let value = Value(&run)
            value.write(to: &writer)
            for length in 0..<writer.bytes.count {
                var reader = BinaryReader(Array(writer.bytes.prefix(length)))
                #expect(throws: BinaryFormatError.self, run.replay) { try value.reread(from: &reader) }
            }
        }
    }

    @Test func randomBytesNeverTrap() {
        PropertyRun.check(5_000) { run in
            let alphabet: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(run.natural(through: 255))]
            var reader = BinaryReader((0..<run.natural(through: 60)).map { _ in run.element(of: alphabet) })
            for _ in 0..<30 {
                do {
                    switch run.natural(through: 7) {
                    case 0: _ = try reader.readByte()
                    case 1: _ = try reader.readUInt64()
                    case 2: _ = try reader.readInt64()
                    case 3: _ = try reader.readInt()
                    case 4: _ = try reader.readUInt128()
                    case 5: _ = try reader.readString()
                    case 6: _ = try reader.readBytes()
                    default:
                        let count = try reader.readCount()
                        #expect(count <= 60, run.replay)
                    }
                } catch let error as BinaryFormatError {
                    #expect((0...60).contains(error.offset), run.replay)
                }
            }
        }
    }

    @Test func smallNumbersOfEitherSignTakeOneByte() {
        for number: Int64 in [0, 1, -1, 63, -64] {
            var writer = BinaryWriter()
            writer.write(number)
            #expect(writer.bytes.count == 1)
        }
    }

    @Test func numbersThatAreTooLongOrTooLargeAreTold() throws {
        var tooLarge = BinaryReader([UInt8](repeating: 0xFF, count: 9) + [0x02])
        #expect(throws: BinaryFormatError("number too large", at: 0)) { try tooLarge.readUInt64() }
        var tooLong = BinaryReader([UInt8](repeating: 0x80, count: 10) + [0x00])
        #expect(throws: BinaryFormatError("number too long", at: 0)) { try tooLong.readUInt64() }
        var largest = BinaryReader([UInt8](repeating: 0xFF, count: 9) + [0x01])
        #expect(try largest.readUInt64() == .max)
    }

    @Test func aLengthOrACountBeyondTheEndAsksForNoMemory() {
        var writer = BinaryWriter()
        writer.write(UInt64.max)
        var bytes = BinaryReader(writer.bytes)
        #expect(throws: BinaryFormatError.self) { try bytes.readBytes() }
        var text = BinaryReader(writer.bytes)
        #expect(throws: BinaryFormatError.self) { try text.readString() }
        var count = BinaryReader(writer.bytes)
        #expect(throws: BinaryFormatError.self) { try count.readCount() }
    }

    @Test func textThatIsNotUTF8IsRefusedWithItsPlace() throws {
        var writer = BinaryWriter()
        writer.write(UInt8(7))
        writer.write([0xC3, 0x28] as [UInt8])
        var reader = BinaryReader(writer.bytes)
        #expect(try reader.readByte() == 7)
        #expect(throws: BinaryFormatError("text is not UTF-8", at: 1)) { try reader.readString() }
    }

    @Test func aStoredFormIsReadWholeAndOnlyWhenItIsTheRightOne() throws {
        var writer = BinaryWriter(form: 3)
        writer.write(UInt64(7))
        #expect(try Self.number(writer.bytes, form: 3) == 7)
        #expect(throws: BinaryFormatError("form 3 is not known", at: 0)) { try Self.number(writer.bytes, form: 2) }
        #expect(throws: BinaryFormatError("ends early", at: 0)) { try Self.number([], form: 3) }
        #expect(throws: BinaryFormatError("bytes are left over", at: 2)) { try Self.number([3, 7, 0], form: 3) }
    }

    @Test func aDocumentThatCannotBeReadIsAFailureOfTheStoreThatNamesIt() {
        let document = StoredDocument(key: DocumentKey("$things", "a"), revision: DocumentRevision(1), body: [3])
        let error = #expect(throws: StoreError.self) {
            try document.read(form: 3) { reader throws(BinaryFormatError) in try reader.readUInt64() }
        }
        guard case .notApplied(let failure) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.code == .unreadable)
        #expect(!failure.isRetriable)
        #expect(failure.message.contains("$things"))
    }

    private static func number(_ bytes: [UInt8], form: UInt8) throws(BinaryFormatError) -> UInt64 {
        try BinaryReader.read(bytes, form: form) { reader throws(BinaryFormatError) in try reader.readUInt64() }
    }
}
