public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// Why members, sellers, enterprises, schools, logins or sessions refuse something.
public enum MembersRefusal: EffectStating, Hashable {
    /// The member's account rejects it.
    case member(MemberRejection)
    /// The profile cannot be what was entered.
    case profile(MemberProfileError)
    /// The seller's account rejects it.
    case seller(SellerAccountRejection)
    /// The enterprise rejects it.
    case enterprise(EnterpriseRejection)
    /// The partner school rejects it.
    case school(PartnerSchoolRejection)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// There is no such member, or the personal data is erased.
    case unknownMember(MemberID)
    /// There is no such seller.
    case unknownSeller(SellerID)
    /// Another member has that e-mail address.
    case emailTaken
    /// Another member has that telephone number.
    case phoneTaken
    /// Another member proved with that school address.
    case schoolEmailTaken
    /// Another member logs in with that identity.
    case identityTaken
    /// Another seller has that name.
    case shopNameTaken
    /// Another enterprise was found to be the one of that number.
    case enterpriseTaken
    /// The member has as many sellers or enterprises as one can have.
    case tooManyAccounts(maximum: Int)
    /// Another partnership has that domain.
    case domainTaken
    /// The profile has no telephone number to send a code to.
    case noPhone
    /// A text is longer than it may be, or blank.
    case textLength(field: String, count: Int, maximum: Int)
    /// The password has too few characters.
    case passwordTooShort(minimum: Int)
    /// The password has too many bytes.
    case passwordTooLong(maximum: Int)
    /// No partner school has that domain.
    case noPartnerSchool(domain: String)
    /// The link is not, or is no longer, one of ours; a newer one replaces it.
    case linkUnknown
    /// The link was good until then.
    case linkExpired(at: Timestamp)
    /// The link was used for something else already.
    case linkUsed
    /// Something was sent a moment ago; the next can be sent then.
    case tooSoon(until: Timestamp)
    /// The account and what was to prove it do not go together; which of them is wrong is not told.
    case wrongCredentials
    /// Nobody is known by that identity: sign up.
    case identityUnknown
    /// The proof of the identity is not good.
    case identityRefused(CredentialError.Code)
    /// The member would have nothing to log in with.
    case lastCredential
    /// Too many attempts; the next is possible then.
    case tooManyAttempts(until: Timestamp)
    /// The e-mail address is not verified yet.
    case notVerified(MemberID)
    /// The member cannot log in.
    case accountDisabled(MemberID)
    /// The token is not good.
    case tokenRefused(CredentialError.Code)
    /// The session has ended.
    case sessionEnded(SessionEnd)
    /// A refresh token was shown a second time, so that it may be stolen: the session has ended.
    case tokenReused(SessionID)
    /// The key of a login belongs to a session that has gone on since.
    case keyReused(IdempotencyKey)
    /// The member has no role that permits it.
    case notPermitted(OperatorPermission)
    /// The seller's account is another member's, or not open for that.
    case notOpenForSelling(SellerID, SellerAccountStatus?)

    /// Nothing was changed; the same call will be refused again, or until the time it names.
    public var effect: EffectOutcome { .refused }
}
