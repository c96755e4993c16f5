import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// What is stored of a session.
struct SessionDocument: Codable, Hashable, Sendable {
    let member: MemberID
    let device: String
    let openedAt: Timestamp
    /// The end that no refresh moves.
    let expiry: Timestamp
    /// The epoch of the account in which it was opened; it has ended when that is over.
    var epoch: Int
    /// The number of the tokens that are good; from 1.
    var generation = 1
    var refreshedAt: Timestamp
    /// What the tokens of this generation were asked for with: the same call, repeated, gets them again.
    var key: IdempotencyKey
    var end: SessionEnd?

    static let memberIndex = "member"

    /// The write of the document, with all it can be found by.
    func write(
        _ id: SessionID,
        expecting revision: ExpectedRevision,
        in archive: MemberArchive
    ) throws(MembersError) -> DocumentWrite {
        DocumentWrite(
            MemberKeySpace.session(id),
            body: try archive.encoded(self),
            expecting: revision,
            indexEntries: [
                IndexEntry(Self.memberIndex, .text(member.description), .time(openedAt)),
                IndexEntry(MemberKeySpace.expiryIndex, .text(MemberKeySpace.sessions.text), .time(expiry)),
            ]
        )
    }
}
