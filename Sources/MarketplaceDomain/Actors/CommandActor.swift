public import MarketplaceCore

/// What an ``ActorID`` names.
public enum ActorSubject {}

/// Names whoever acts: the bits of a member's, a seller's or an operator's id.
public typealias ActorID = Identifier<ActorSubject>

/// Who gives a command: a role and, unless it is a visitor or the marketplace itself, an id.
///
/// An application makes it of the session it has authenticated, never of what a client sends.
public struct CommandActor: Sendable, Hashable, Codable {
    /// In which capacity.
    public let role: ActorRole
    /// Who; nil for a visitor and for the marketplace itself.
    public let id: ActorID?

    private init(role: ActorRole, id: ActorID?) {
        self.role = role
        self.id = id
    }

    /// A member who buys.
    public static func buyer(_ id: MemberID) -> CommandActor {
        CommandActor(role: .buyer, id: ActorID(bits: id.bits))
    }

    /// A seller.
    public static func seller(_ id: SellerID) -> CommandActor {
        CommandActor(role: .seller, id: ActorID(bits: id.bits))
    }

    /// Somebody who runs the marketplace.
    public static func `operator`(_ id: MemberID) -> CommandActor {
        CommandActor(role: .operator, id: ActorID(bits: id.bits))
    }

    /// Somebody who has not logged in.
    public static let visitor = CommandActor(role: .visitor, id: nil)

    /// The marketplace itself.
    public static let system = CommandActor(role: .system, id: nil)
}

extension CommandActor: CustomStringConvertible {
    /// The role and the id.
    public var description: String {
        guard let id else { return role.rawValue }
        return "\(role.rawValue) \(id)"
    }
}
