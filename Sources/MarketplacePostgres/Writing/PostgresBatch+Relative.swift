import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// A receipt that is stored, or of this batch.
    struct ReceiptSlot {
        /// The first byte of a receipt that lacks the turn, which the server adds at its end; otherwise a receipt begins
        /// with the number of its form.
        static let relativeForm: UInt8 = 0xFF

        let digest: UInt128
        let receipt: CommitReceipt
        let due: Int64
        var isChanged = false

        /// The receipt as it is sent to the server.
        var stored: [UInt8] {
            receipt.position.major == noTurn ? [Self.relativeForm] + receipt.stored : receipt.stored
        }

        /// Reads a receipt as it is stored.
        static func receipt(_ bytes: [UInt8], of id: TransactionID) throws(BinaryFormatError) -> CommitReceipt {
            guard bytes.first == relativeForm else { return try CommitReceipt(stored: bytes, of: id) }
            let turnBytes = bytes.dropFirst().suffix(MemoryLayout<Int64>.size)
            let turn = turnBytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let receipt = try CommitReceipt(stored: Array(bytes.dropFirst().dropLast(turnBytes.count)), of: id)
            return receipt.taking(Int64(bitPattern: turn))
        }
    }

    /// A stamp of a batch that had no turn, in its turn.
    static func stamp(_ stamp: Int64, in turn: Int64) -> Int64 {
        isRelative(stamp) ? turn << stampBits | stamp : stamp
    }

    /// Whether a stamp lacks its turn.
    static func isRelative(_ stamp: Int64) -> Bool { stamp < 1 << stampBits }
}

extension CommitReceipt {
    /// A receipt of a batch that had no turn, in its turn.
    func taking(_ turn: Int64) -> CommitReceipt {
        CommitReceipt(
            transaction: transaction,
            position: FeedPosition(major: UInt64(clamping: turn), minor: position.minor),
            versions: versions,
            revisions: revisions.map { DocumentRevision(PostgresBatch.stamp($0.value, in: turn)) },
            counters: counters
        )
    }
}
