public import MarketplaceCore

/// Why a command to a shipment is refused.
public enum ShipmentRejection: EffectStating, Hashable {
    /// There is no such shipment yet.
    case notCreated
    /// The shipment exists with other content.
    case alreadyCreated(ShipmentID)
    /// A shipment has at least one unit, and names each line once.
    case noUnits
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<ShipmentStatus, ShipmentMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ShipmentRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notCreated: "there is no such shipment yet"
        case .alreadyCreated(let id): "the shipment \(id) exists with other content"
        case .noUnits: "a shipment has at least one unit of each line it names, and names it once"
        case .forbidden(let error): error.description
        case .move(let refusal): refusal.description
        }
    }
}
