#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQListeningTests {
    private func listening(
        _ pool: LibPQPool,
        to channel: String,
        _ heard: AsyncStream<String?>.Continuation
    ) -> Task<PostgresFailure, Never> {
        Task {
            do throws(PostgresFailure) {
                try await pool.listen(to: channel) { heard.yield($0) }
            } catch {
                heard.finish()
                return error
            }
        }
    }

    @Test(arguments: ["orders", "Mixed Case; \"quoted\"", "é'\\", String(repeating: "x", count: 63)])
    func notificationsArriveFromTheBeginningOn(_ channel: String) async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(pool, to: channel, continuation)
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == .some(nil))
        for number in 0..<50 {
            let payload = "\(number) 'é'"
            _ = try await pool.run("select pg_notify($1, $2)", .text(channel), .text(payload))
            #expect(await payloads.next() == payload)
        }
        listening.cancel()
        #expect(await listening.value.code == .cancelled)
    }

    @Test func manyNotificationsAtOnceAllArriveInOrder() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(pool, to: "many", continuation)
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == .some(nil))
        _ = try await pool.run("select pg_notify('many', n::text) from generate_series(1, 5000) n")
        for number in 1...5_000 { #expect(await payloads.next() == "\(number)") }
        listening.cancel()
        _ = await listening.value
    }

    @Test func silenceIsBrokenByASignOfLife() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.idleCheck = .milliseconds(2)
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(pool, to: "silent", continuation)
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == .some(nil))
        for number in 0..<20 {
            _ = try await pool.run("select pg_sleep(0.005)")
            _ = try await pool.run("select pg_notify('silent', $1)", .text("\(number)"))
            #expect(await payloads.next() == "\(number)")
        }
        listening.cancel()
        #expect(await listening.value.code == .cancelled)
    }

    @Test func aConnectionThatIsEndedEndsListening() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.applicationName = "ended listener"
        let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 1))
        let other = try PrivateServer.pool(maximumConnections: 1)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(pool, to: "ended", continuation)
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == .some(nil))
        _ = try await other.run(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ended listener'"
        )
        #expect(await listening.value.code == .connectionLost)
    }

    @Test func aServerThatHangsEndsListening() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.applicationName = "hung listener"
        configuration.callTimeOut = .seconds(1)
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.idleCheck = .milliseconds(10)
        let pool = LibPQPool(configuration, limits: limits), other = try PrivateServer.pool(maximumConnections: 1)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(pool, to: "hung", continuation)
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == .some(nil))
        let find = "select pid::bigint from pg_stat_activity where application_name = 'hung listener'"
        let process = try await other.run(find).integer(0, of: 0)
        let failure = try await PrivateServer.whileHung(process) { await listening.value }
        #expect(failure.code == .timedOut)
    }

    @Test(arguments: [String(repeating: "x", count: 64), "a\0b"])
    func aNameThatWouldBeCutIsRefused(_ channel: String) async throws {
        let (_, continuation) = AsyncStream<String?>.makeStream()
        let listening = listening(try PrivateServer.pool(), to: channel, continuation)
        #expect(await listening.value.code.text == "42602")
    }
}
#endif
