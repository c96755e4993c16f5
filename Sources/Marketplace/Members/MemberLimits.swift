import MarketplaceCore

/// The periods and bounds of sign-up, links, codes and logins.
public struct MemberLimits: Sendable, Hashable {
    /// The fewest characters of a password (NIST SP 800-63B section 5.1.1.1).
    public static let minimumPasswordLength = 8
    /// The digits of a code: a million codes, of which five can be tried.
    static let codeDigits = 6
    /// The wrong codes after which a code is no longer good: one in 200,000 guesses is right.
    static let codeAttempts = 5

    /// How long the link that verifies an e-mail address is good.
    public var verificationLink: Duration = .days(1)
    /// How long the link that replaces a password is good: it is used at once or not at all.
    public var resetLink: Duration = .hours(1)
    /// The pause before the same kind of link or code is sent again: what mail and messages take to arrive.
    public var resendPause: Duration = .minutes(1)
    /// How long a code is good (NIST SP 800-63B section 5.1.3.2 allows ten minutes).
    public var code: Duration = .minutes(5)
    /// The attempts to log in to one account in one window (NIST SP 800-63B section 5.2.2 allows a hundred in a row).
    public var attemptsPerAccount = 10
    /// The attempts from one source in one window: a school or an office may be behind one address.
    public var attemptsPerSource = 100
    /// The length of a window in which attempts are counted.
    ///
    /// Windows follow one another, so that twice the attempts may be made where two of them meet.
    public var attemptWindow: Duration = .minutes(15)

    /// The limits that hold unless told otherwise.
    public init() {}
}
