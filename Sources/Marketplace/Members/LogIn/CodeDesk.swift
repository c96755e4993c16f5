import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Makes the codes that are sent by message or mail, and checks the ones that are typed.
///
/// A destination has one code for one purpose; the next one replaces it.
struct CodeDesk: Sendable {
    let archive: MemberArchive
    let ports: MemberPorts
    let limits: MemberLimits

    /// Makes a code, or takes up the one that was made by the same call, and sends it when there is somebody.
    ///
    /// A code that is no longer good, because it was used, has run out or was tried too often, is not sent again.
    ///
    /// - Parameters:
    ///   - purpose: What the code is for.
    ///   - destination: Where it goes.
    ///   - language: In which language it is sent; nil when there is nobody at the destination.
    ///   - key: Names the call.
    /// - Throws: `tooSoon` when one was sent a moment ago.
    func send(
        _ purpose: CodePurpose,
        to destination: CodeDestination,
        in language: LanguageTag?,
        key: IdempotencyKey
    ) async throws(MembersError) {
        let document = try await archive.attempting { () async throws(MembersError) -> CodeDocument? in
            let id = MemberKeySpace.code(purpose, at: destination)
            let stored = try await archive.read(id, as: CodeDocument.self)
            if let stored {
                if stored.value.key == key { return stored.value }
                let next = stored.value.sentAt.advanced(by: limits.resendPause)
                guard next <= archive.now else { throw .refused(.tooSoon(until: next)) }
            }
            let document = CodeDocument(
                seed: ports.randomness.secret(words: Self.seedWords),
                key: key,
                sentAt: archive.now,
                expiry: archive.now.advanced(by: limits.code),
                attemptsLeft: MemberLimits.codeAttempts
            )
            return try await write(document, id, at: stored?.revision) ? document : nil
        }
        guard let language, document.isGood(at: archive.now) else { return }
        do throws(CredentialError) {
            try await ports.codes.send(
                OneTimeCode(code(of: document, purpose, destination)),
                to: destination,
                in: language,
                key: IdempotencyKey(unchecked: "code/\("\(purpose)/\(destination.name)/\(key)".keyDigest)")
            )
        } catch {
            throw .port(error)
        }
    }

    /// A code that was right, to be marked as used in the commit of what it was typed for.
    struct RightCode {
        let key: DocumentKey
        let stored: StoredValue<CodeDocument>
    }

    /// Takes an attempt at a code, and compares.
    ///
    /// - Throws: `wrongCredentials` for a wrong, used, expired or worn-out code.
    func check(
        _ code: OneTimeCode,
        _ purpose: CodePurpose,
        of destination: CodeDestination,
        key: IdempotencyKey
    ) async throws(MembersError) -> RightCode {
        let id = MemberKeySpace.code(purpose, at: destination)
        return try await archive.attempting { () async throws(MembersError) -> RightCode? in
            guard let stored = try await archive.read(id, as: CodeDocument.self),
                stored.value.isGood(at: archive.now, usedBy: key)
            else { throw .refused(.wrongCredentials) }
            var document = stored.value
            // The attempt is taken before the comparison: attempts made together cannot be more than there are.
            document.attemptsLeft -= 1
            guard try await write(document, id, at: stored.revision) else { return nil }
            guard code.text.isSecretlyEqual(to: self.code(of: document, purpose, destination)) else {
                throw .refused(.wrongCredentials)
            }
            guard let current = try await archive.read(id, as: CodeDocument.self), current.value == document else {
                return nil
            }
            return RightCode(key: id, stored: current)
        }
    }

    /// Marks a code as used.
    func use(_ code: RightCode, key: IdempotencyKey, in transaction: inout Transaction) throws(MembersError) {
        var document = code.stored.value
        document.usedBy = key
        transaction.write(
            DocumentWrite(
                code.key,
                body: try archive.encoded(document),
                expecting: .exactly(code.stored.revision),
                indexEntries: document.indexEntries
            )
        )
    }

    /// The words of 64 bits of which a code is made, with the key of the port.
    private static let seedWords = 2

    /// The code that is made of what is stored and of the key of the port, as one-time passwords are (RFC 4226): from the
    /// store alone it cannot be had.
    private func code(of document: CodeDocument, _ purpose: CodePurpose, _ destination: CodeDestination) -> String {
        let text = "\(purpose)/\(destination.name)/\(document.seed)"
        let bits = ports.secrets.code(of: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // Of 2^64 values each code has as many as the others, but for one in 10^13.
        let digits = String(bits % Self.codeCount)
        return String(repeating: "0", count: MemberLimits.codeDigits - digits.count) + digits
    }

    private static let codeCount = (0..<MemberLimits.codeDigits).reduce(UInt64(1)) { count, _ in count * 10 }

    private func write(
        _ document: CodeDocument,
        _ id: DocumentKey,
        at revision: DocumentRevision?
    ) async throws(MembersError) -> Bool {
        var transaction = archive.transaction()
        transaction.write(
            DocumentWrite(
                id,
                body: try archive.encoded(document),
                expecting: revision.map { .exactly($0) } ?? .absent,
                indexEntries: document.indexEntries
            )
        )
        return try await archive.perform(transaction)
    }
}
