#if Crypto
import MarketplacePorts
import Testing

@testable import MarketplaceCrypto

struct Argon2HasherTests {
    private static let cheap = Argon2Cost(memoryKibibytes: 64, passes: 1) ?? .standard

    @Test func aPasswordMatchesItsHashAndNoOther() async throws {
        let hasher = Argon2Hasher(cost: Self.cheap)
        let hash = try await hasher.hash(Password("correct horse"))
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
        #expect(try await hasher.verify(Password("correct horse"), against: hash) == .matches(isOutdated: false))
        #expect(try await hasher.verify(Password("correct horsf"), against: hash) == .differs)
        #expect(try await hasher.hash(Password("correct horse")) != hash, "two hashes have one salt")
    }

    @Test func aHashOfAnotherCostMatchesAndIsOutdated() async throws {
        let hash = try await Argon2Hasher(cost: Self.cheap).hash(Password("p"))
        let costly = try #require(Argon2Cost(memoryKibibytes: 64, passes: 2))
        #expect(try await Argon2Hasher(cost: costly).verify(Password("p"), against: hash) == .matches(isOutdated: true))
    }

    @Test func withoutThePepperNothingMatches() async throws {
        let pepper = SecretKey.random()
        let hash = try await Argon2Hasher(cost: Self.cheap, pepper: pepper).hash(Password("p"))
        #expect(try await Argon2Hasher(cost: Self.cheap).verify(Password("p"), against: hash) == .differs)
        #expect(
            try await Argon2Hasher(cost: Self.cheap, pepper: pepper).verify(Password("p"), against: hash)
                == .matches(isOutdated: false)
        )
    }

    /// From the tests of the reference implementation.
    @Test func aHashOfTheReferenceImplementationIsRead() async throws {
        let hash = PasswordHash(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        )
        let hasher = Argon2Hasher(cost: Self.cheap)
        #expect(try await hasher.verify(Password("password"), against: hash) == .matches(isOutdated: true))
        #expect(try await hasher.verify(Password("passwore"), against: hash) == .differs)
        #expect(Argon2Text(hash.text)?.text == hash.text)
    }

    @Test(arguments: [
        "", "secret", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=+64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=64,t=1,p=99$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=64,t=1,p=1$!$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29t",
    ])
    func whatIsNoHashOfOursIsRefused(_ text: String) async {
        await #expect {
            try await Argon2Hasher(cost: Self.cheap).verify(Password("p"), against: PasswordHash(text))
        } throws: { ($0 as? CredentialError)?.code == .malformed }
    }

    @Test func aPasswordThatIsTooLongIsRefusedBeforeItIsHashed() async {
        let password = Password(String(repeating: "x", count: Password.maximumBytes + 1))
        await #expect {
            try await Argon2Hasher(cost: Self.cheap).hash(password)
        } throws: { ($0 as? CredentialError)?.code == .malformed }
    }

    @Test func manyHashesAtOnceAllComeOut() async throws {
        let hasher = Argon2Hasher(cost: Self.cheap)
        let hash = try await hasher.hash(Password("7"))
        let matching = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    (try? await hasher.verify(Password("\(number % 10)"), against: hash)) == .matches(isOutdated: false)
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(matching == 5)
    }

    @Test func whoComesWhenTheQueueIsFullIsRefusedAndMayTryAgain() async throws {
        let hasher = Argon2Hasher(cost: Self.cheap, threads: 2, maximumWaiting: 3)
        let hash = try await hasher.hash(Password("p"))
        for _ in 0..<4 { #expect(hasher.room.enter()) }
        #expect(try await hasher.verify(Password("p"), against: hash) == .matches(isOutdated: false), "the last place")
        #expect(hasher.room.enter())
        for _ in 0..<2 {
            let error = await #expect(throws: CredentialError.self) { try await hasher.hash(Password("p")) }
            #expect(error?.code == .busy && error?.isRetriable == true)
        }
        hasher.room.leave()
        #expect(try await hasher.verify(Password("p"), against: hash) == .matches(isOutdated: false))
    }

    @Test func ofManyHashesAtOnceEachIsComputedOrRefusedAndNoneIsLost() async {
        let hasher = Argon2Hasher(cost: Self.cheap, threads: 1, maximumWaiting: 2)
        let codes = await withTaskGroup(of: CredentialError.Code?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do throws(CredentialError) {
                        _ = try await hasher.hash(Password("p"))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count == 40 && codes.contains(nil))
        #expect(codes.allSatisfy { $0 == nil || $0 == .busy })
        for _ in 0..<3 { #expect(hasher.room.enter(), "every place was given back") }
        #expect(!hasher.room.enter())
    }

    @Test func costsOutsideTheBoundsAreNone() {
        #expect(Argon2Cost(memoryKibibytes: 7, passes: 1) == nil)
        #expect(Argon2Cost(memoryKibibytes: 8, passes: 0) == nil)
        #expect(Argon2Cost(memoryKibibytes: 8, passes: 1, lanes: 2) == nil)
        #expect(Argon2Cost(memoryKibibytes: .max, passes: 1) == nil)
    }
}
#endif
