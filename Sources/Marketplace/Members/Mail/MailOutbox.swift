import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
public import MarketplaceStorage

/// Writes down the mails that are to be sent, each in the commit of what it tells of.
///
/// ```swift
/// try await orders.handle(command, on: id, key: key, at: now) { transaction in
///     mail.add(notice, to: &transaction)
/// }
/// ```
///
/// So there is no mail without its cause, and no cause without its mail. A ``MailDesk`` sends them.
public struct MailOutbox: Sendable {
    private let archive: MemberArchive

    /// The outbox of an environment.
    public init(in environment: ServiceEnvironment) {
        archive = MemberArchive(environment)
    }

    /// Adds a notice to a transaction.
    ///
    /// An id names one mail for good: a second commit with it is refused as contended.
    ///
    /// - Throws: ``MembersError/failed(_:)`` when the notice cannot be encoded.
    public func add(_ notice: MailNotice, to transaction: inout Transaction) throws(MembersError) {
        try archive.add(MailDocument(notice, at: transaction.time), of: notice.id, to: &transaction)
    }
}

extension MemberArchive {
    /// Adds a notice to a transaction, which fails as contended when there is one of that id.
    func add(_ document: MailDocument, of id: MailNoticeID, to transaction: inout Transaction) throws(MembersError) {
        transaction.write(try document.write(id, expecting: .absent, in: self))
    }

    /// Adds a notice without a secret to a transaction.
    func notify(
        _ member: MemberID,
        _ template: MailTemplate,
        _ values: [String: String] = [:],
        address: EmailAddress? = nil,
        in transaction: inout Transaction
    ) throws(MembersError) {
        let id: MailNoticeID = environment.identifiers.next()
        var document = MailDocument(
            MailNotice(id: id, to: member, template: template, values: values),
            at: transaction.time
        )
        document.address = address
        try add(document, of: id, to: &transaction)
    }
}
