#if Crypto
import MarketplacePorts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// The parts of a token: JSON in base64url.
enum TokenJSON {
    static func part(of value: some Encodable) throws(CredentialError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Sodium.Base64.urlSafe.text(of: Array(try encoder.encode(value)))
        } catch {
            throw CredentialError(.malformed, reason: "a token cannot be written: \(error)")
        }
    }

    static func value<Value: Decodable>(of part: Substring) throws(CredentialError) -> Value {
        guard let bytes = Sodium.Base64.urlSafe.bytes(of: part),
            let value = try? JSONDecoder().decode(Value.self, from: Data(bytes))
        else { throw CredentialError(.malformed, reason: "a part of the token is not the JSON it should be") }
        return value
    }
}
#endif
