#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQTransportTests {
    @Test func theCertificateOfTheServerIsVerified() async throws {
        try await PrivateServer.withOwn(speaksTLS: true) { server, plain in
            var configuration = plain
            configuration.transport = LibPQTransport(mode: .verifyFull, rootCertificate: "\(server.folder)/tls/ca.crt")
            let ssl = "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()"
            let rows = try await LibPQPool(configuration).run(ssl)
            #expect(try rows.flag(0, of: 0))
            #expect(["TLSv1.2", "TLSv1.3"].contains(try rows.text(1, of: 0)))

            // The server's own certificate vouches for nobody.
            configuration.transport.rootCertificate = "\(server.folder)/tls/server.crt"
            let strangers = LibPQPool(configuration)
            #expect(await failureCode { try await strangers.run(ssl) } == .notConnected)

            configuration.transport = LibPQTransport(mode: .require, minimumVersion: .tls13)
            #expect(try await LibPQPool(configuration).run(ssl).text(1, of: 0) == "TLSv1.3")
            configuration.transport.minimumVersion = .tls11
            #expect(try await LibPQPool(configuration).run(ssl).flag(0, of: 0))

            configuration.transport = LibPQTransport(mode: .disable)
            #expect(try await !LibPQPool(configuration).run(ssl).flag(0, of: 0))
        }
    }

    @Test func muchGoesBothWaysOverTLS() async throws {
        try await PrivateServer.withOwn(speaksTLS: true) { server, plain in
            var configuration = plain
            configuration.transport = LibPQTransport(mode: .verifyFull, rootCertificate: "\(server.folder)/tls/ca.crt")
            let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 1))
            let payload = [UInt8](repeating: 9, count: 1 << 20)
            let statement = PostgresStatement("select $1", values: [.bytes(payload)])
            let rows = try await pool.run(Array(repeating: statement, count: 16))
            #expect(try rows.last?.bytes(0, of: 0) == payload)
            #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
        }
    }

    @Test func aServerWithoutTLSIsRefusedWhereItIsDemanded() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.transport.mode = .require
        let pool = LibPQPool(configuration)
        #expect(await failureCode { try await pool.run("select 1") } == .notConnected)
    }
}
#endif
