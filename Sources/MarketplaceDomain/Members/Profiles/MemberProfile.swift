import MarketplaceCore

/// What a member entered about themselves: personal data, kept exactly as it was entered and erasable at any time.
public struct MemberProfile: Sendable, Hashable, Codable {
    /// The name.
    public let name: String
    /// The e-mail address, as it was typed.
    public let email: EmailAddress
    /// The telephone number.
    public let phone: PhoneNumber?
    /// The language of mail.
    public let language: LanguageTag

    /// The most Unicode scalars of a name: the longest full names on record fit.
    public static let maximumNameLength = 200

    /// A profile of these parts.
    ///
    /// - Throws: ``MemberProfileError`` for a blank or overlong name.
    public init(
        name: String,
        email: EmailAddress,
        phone: PhoneNumber? = nil,
        language: LanguageTag = .english
    ) throws(MemberProfileError) {
        let length = name.unicodeScalars.count
        guard length <= Self.maximumNameLength else {
            throw .nameTooLong(count: length, maximum: Self.maximumNameLength)
        }
        guard name.contains(where: { !$0.isWhitespace }) else { throw .blankName }
        self.init(unchecked: name, email, phone, language)
    }

    private init(unchecked name: String, _ email: EmailAddress, _ phone: PhoneNumber?, _ language: LanguageTag) {
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
    }

    /// The same profile with another e-mail address.
    public func with(email: EmailAddress) -> MemberProfile {
        MemberProfile(unchecked: name, email, phone, language)
    }

    /// Which parts another profile has otherwise, to the letter.
    public func fields(changedIn other: MemberProfile) -> Set<MemberField> {
        var fields: Set<MemberField> = []
        if Array(name.utf8) != Array(other.name.utf8) { fields.insert(.name) }
        if email.text != other.email.text { fields.insert(.email) }
        if phone != other.phone { fields.insert(.phone) }
        if language != other.language { fields.insert(.language) }
        return fields
    }
}

extension MemberProfile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask: a log shows no personal data.
    public var description: String { "profile ••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
