import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// What is looked at when somebody logs in or shows a token: the standing of the account, its roles and its secrets.
///
/// Standing and roles repeat what the events say, and change in one commit with them.
struct AccessDocument: Codable, Hashable, Sendable {
    let member: MemberID
    var status: MemberStatus
    var roles: [MemberRole] = []
    var password: PasswordHash?
    var identities: [SocialIdentity] = []
    /// When each of ``identities`` was linked, by its name; none of those that were signed up with.
    private(set) var linkedAt: [String: Timestamp] = [:]
    /// Sessions of another epoch have ended: raising it ends all sessions at once, however many there are.
    var epoch: Int = 1
    /// With which keys all sessions were last ended.
    var revocations = RecentKeys()

    static let identityIndex = "identity"

    /// How many identities of each provider there are, and since when the latest of them is, in a text.
    var identityCounts: String {
        let providers = Dictionary(grouping: identities, by: \.provider.text)
        let counts = providers.sorted { $0.key < $1.key }.map { provider, identities in
            let latest = identities.compactMap { linkedAt[$0.name] }.max()
            let since = latest.map { ", the latest since \($0)" } ?? ""
            return "\(provider) (\(identities.count)\(since))"
        }
        return counts.joined(separator: "; ")
    }

    /// Lets an identity log in from now on; false when it did before.
    mutating func link(_ identity: SocialIdentity, at time: Timestamp) -> Bool {
        guard !identities.contains(identity) else { return false }
        identities.append(identity)
        linkedAt[identity.name] = time
        return true
    }

    /// Lets identities no longer log in.
    mutating func unlink(where isUnlinked: (SocialIdentity) -> Bool) {
        for identity in identities where isUnlinked(identity) { linkedAt[identity.name] = nil }
        identities.removeAll(where: isUnlinked)
    }

    /// The document after the events of the account.
    func following(_ root: Member, endingSessions isEndingSessions: Bool = false) -> AccessDocument {
        var copy = self
        copy.status = root.status ?? status
        copy.roles = root.roles.sorted()
        if isEndingSessions { copy.epoch += 1 }
        return copy
    }

    /// The write of the document, with all it can be found by.
    func write(
        expecting revision: ExpectedRevision,
        in archive: MemberArchive
    ) throws(MembersError) -> DocumentWrite {
        let names = identities.map(\.name)
        return DocumentWrite(
            MemberKeySpace.access(member),
            body: try archive.encoded(self),
            expecting: revision,
            indexEntries: names.map { IndexEntry(Self.identityIndex, .text($0)) },
            uniqueKeys: names.map(MemberKeySpace.unique(identity:))
        )
    }
}
