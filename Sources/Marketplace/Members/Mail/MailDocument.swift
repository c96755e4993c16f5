import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// What is stored of a mail that is to be sent, until some days after it was.
struct MailDocument: Codable, Hashable, Sendable {
    /// How far it has come.
    enum State: String, Codable {
        /// It waits for its time, or is being handed over.
        case waiting
        /// It was handed over.
        case sent
        /// It was given up; somebody has to look at it.
        case failed
    }

    let member: MemberID
    let template: MailTemplate
    let values: [String: String]
    /// Where it goes, if not to the address of the profile; cleared when it ends.
    var address: EmailAddress?
    /// The link it brings; cleared when it ends.
    var secret: String?
    var state = State.waiting
    /// How often it was taken up.
    var attempts = 0
    /// Whether an attempt ended without an answer, so that it may have been delivered.
    var isInDoubt = false
    /// When it is taken up next; or when it came to its end.
    var due: Timestamp
    let writtenAt: Timestamp
    /// Why the last attempt failed.
    var failure: String?

    static let dueIndex = "due"
    static let failedIndex = "failed"
    static let memberIndex = "member"

    /// How long a notice is kept after it was sent: as long as a support desk is asked about it.
    static let retention = Duration.days(7)

    init(_ notice: MailNotice, at time: Timestamp) {
        member = notice.member
        template = notice.template
        values = notice.values
        due = time
        writtenAt = time
    }

    /// The write of the document, with all it can be found by.
    func write(
        _ id: MailNoticeID,
        expecting revision: ExpectedRevision,
        in archive: MemberArchive
    ) throws(MembersError) -> DocumentWrite {
        let entry =
            switch state {
            case .waiting: IndexEntry(Self.dueIndex, .time(due))
            case .failed: IndexEntry(Self.failedIndex, .time(due))
            case .sent:
                IndexEntry(
                    MemberKeySpace.expiryIndex,
                    .text(MemberKeySpace.notices.text),
                    .time(due.advanced(by: Self.retention))
                )
            }
        return DocumentWrite(
            DocumentKey(MemberKeySpace.notices, id),
            body: try archive.encoded(self),
            expecting: revision,
            indexEntries: [entry, IndexEntry(Self.memberIndex, .text(member.description))]
        )
    }
}
