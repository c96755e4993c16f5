public import MarketplaceCore

/// Who may give one kind of command.
///
/// The rules of a context stand together in its `CommandRule+Context.swift`, and all of them in ``all``: who may do
/// what is data, read in one place. In which state of a thing a command is possible is said by its lifecycle.
///
/// ```swift
/// extension CommandRule {
///     static let cancelOrder = CommandRule("order.cancel", by: .owner, .operator, .system)
/// }
/// ```
public struct CommandRule: Sendable, Hashable {
    /// The command: what it is about and what is asked, such as `order.cancel`; unique.
    public let command: String
    /// Who may give it.
    public let parties: Set<CommandParty>
    /// What an operator must be permitted to do in order to give it.
    ///
    /// It is looked at where an operator's session is turned into an actor, before the command is given.
    public let permission: OperatorPermission

    /// The rule of a command.
    ///
    /// - Parameters:
    ///   - command: The command, such as `order.cancel`.
    ///   - parties: Who may give it.
    ///   - permission: What an operator must be permitted to do in order to give it; nil stands for what the command is
    ///     about, its part before the dot.
    public init(_ command: String, by parties: CommandParty..., permission: OperatorPermission? = nil) {
        self.command = command
        self.parties = Set(parties)
        self.permission = permission ?? OperatorPermission(unchecked: String(command.prefix { $0 != "." }))
    }

    /// Lets the actor pass, or refuses.
    ///
    /// - Parameters:
    ///   - actor: Who gives the command.
    ///   - owner: The member it is about, if it belongs to one.
    ///   - seller: The seller it is about, if it belongs to one.
    /// - Throws: ``CommandForbidden``, which names who may.
    public func check(
        _ actor: CommandActor,
        owner: MemberID? = nil,
        seller: SellerID? = nil
    ) throws(CommandForbidden) {
        let party = actor.party(owner: owner, seller: seller)
        guard parties.contains(party) else {
            throw CommandForbidden(command: command, actor: actor, party: party, allowed: parties.sorted())
        }
    }
}
