#if Crypto
/// The first part of a JSON Web Token (RFC 7515 section 4).
struct TokenHeader: Codable {
    static let hs256 = "HS256"
    static let jwt = "JWT"

    let algorithm: String
    let type: String?
    let keyID: String?

    private enum CodingKeys: String, CodingKey {
        case algorithm = "alg"
        case type = "typ"
        case keyID = "kid"
    }
}
#endif
