public import MarketplaceCore

/// A command was given by somebody who may not give it.
public struct CommandForbidden: EffectStating, Hashable {
    /// The command, such as `order.cancel`.
    public let command: String
    /// Who gave it.
    public let actor: CommandActor
    /// In which relation to what it is about.
    public let party: CommandParty
    /// Who may give it, in the order of ``CommandParty``.
    public let allowed: [CommandParty]

    /// Makes a refusal of these parts.
    public init(command: String, actor: CommandActor, party: CommandParty, allowed: [CommandParty]) {
        self.command = command
        self.actor = actor
        self.party = party
        self.allowed = allowed
    }

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension CommandForbidden: CustomStringConvertible {
    /// The refusal in a sentence.
    public var description: String {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return "\(command) is not open to \(actor) (\(party.rawValue)), only to: \(names)"
    }
}
