import MarketplaceCore
import MarketplaceStorage

/// What a barrier keeps of one key.
enum BarrierRecord: Hashable, Sendable {
    /// The effect is there; its first result as the codec wrote it.
    case performed(output: [UInt8])
    /// The effect is gone or never was: a tombstone.
    case undone

    private static let form: UInt8 = 1

    var bytes: [UInt8] {
        var writer = BinaryWriter(form: Self.form)
        switch self {
        case .performed(let output):
            writer.write(UInt8(1))
            writer.write(output)
        case .undone: writer.write(UInt8(2))
        }
        return writer.bytes
    }

    init(_ document: StoredDocument) throws(StoreError) {
        self = try document.read(form: Self.form) { reader throws(BinaryFormatError) in
            switch try reader.readByte() {
            case 1: .performed(output: try reader.readBytes())
            case 2: .undone
            default: throw reader.error("the state of the barrier is not known")
            }
        }
    }
}
