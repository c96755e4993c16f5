public import MarketplaceCore

/// How long sessions and their tokens last.
public struct SessionLifetimes: Sendable, Hashable {
    /// The most open sessions of a member: more devices than anybody uses; the next login ends the oldest.
    public static let maximumSessions = 20

    /// How long an access token is good: as long as a stolen one may be used without being noticed.
    public let access: Duration
    /// How long a refresh token is good: a session that nobody uses so long ends.
    public let refresh: Duration
    /// How long a session lasts, however often it is refreshed: then the member logs in again.
    public let session: Duration

    /// Lifetimes of these parts.
    public init(access: Duration = .minutes(15), refresh: Duration = .days(30), session: Duration = .days(90)) {
        precondition(access > .zero && access <= refresh && refresh <= session, "a session outlives its tokens")
        self.access = access
        self.refresh = refresh
        self.session = session
    }
}
