public import MarketplaceCore
public import MarketplaceStorage

/// Why a reader of stock movements cannot go on.
public enum MovementReaderError: EffectStating, Hashable {
    /// The movements, or the stock they are about, could not be read.
    case unreadable(InventoryError)
    /// So many movements were forgotten before the reader came by: nothing that follows from all of them can be right
    /// any more. Only a person can say how to go on.
    case movementsMissed(UInt64)
    /// Others moved the same checkpoint, attempt after attempt.
    case contended(attempts: Int)
    /// The store that is written to failed.
    case failed(StoreError)
    /// Whoever was handed what was found threw this.
    case handlerFailed(String)

    /// What is known of the page that was at hand.
    public var effect: EffectOutcome {
        switch self {
        case .unreadable, .contended: .notApplied
        case .movementsMissed: .refused
        case .failed(let error): error.effect
        case .handlerFailed: .unknown
        }
    }

    /// Whether the same call may succeed when made again without any change.
    public var isRetriable: Bool {
        switch self {
        case .unreadable(let error): error.isRetriable
        case .movementsMissed: false
        case .contended, .handlerFailed: true
        case .failed(let error): error.isRetriable
        }
    }
}

extension MovementReaderError: StoreServiceError {}

extension MovementReaderError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .unreadable(let error): "the movements cannot be read: \(error)"
        case .movementsMissed(let count): "\(count) movements were forgotten before they were read"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        case .handlerFailed(let reason): "what was found was not taken over: \(reason)"
        }
    }
}

extension InventoryStore {
    /// A page of movements, for a reader.
    func page(after cursor: MovementCursor, limit: Int) async throws(MovementReaderError) -> MovementSlice {
        do throws(InventoryError) {
            return try await movements(after: cursor, limit: limit)
        } catch {
            throw .unreadable(error)
        }
    }
}
