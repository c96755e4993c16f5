#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite struct LibPQConfigurationTests {
    private func value(_ keyword: String, of configuration: LibPQConfiguration) -> String? {
        configuration.keywordsAndValues.first { $0.0 == keyword }?.1
    }

    @Test func aConnectionStringIsReadInBothForms() throws {
        let url = try LibPQConfiguration(
            "postgres://ann:s%20ecret@db.example:6543/shop?sslmode=verify-full&sslrootcert=/ca"
        )
        let words = try LibPQConfiguration("host=db.example port=6543 dbname=shop user=ann password='s ecret'")
        for configuration in [url, words] {
            #expect(value("host", of: configuration) == "db.example")
            #expect(value("port", of: configuration) == "6543")
            #expect(value("dbname", of: configuration) == "shop")
            #expect(value("user", of: configuration) == "ann")
            #expect(value("password", of: configuration) == "s ecret")
        }
        #expect(url.transport.mode == .verifyFull)
        #expect(url.transport.rootCertificate == "/ca")
        #expect(words.transport.mode == nil)
    }

    @Test func whatIsNotGivenHasASafeDefault() throws {
        let configuration = LibPQConfiguration(host: "h", database: "d", user: "u")
        #expect(value("ssl_min_protocol_version", of: configuration) == "TLSv1.2")
        #expect(value("target_session_attrs", of: configuration) == "read-write")
        #expect(value("application_name", of: configuration) == "swift-marketplace")
        #expect(value("client_encoding", of: configuration) == "UTF8")
        #expect(value("password", of: configuration) == nil)
    }

    @Test func whatAStringGivesIsKept() throws {
        var configuration = try LibPQConfiguration(
            """
            host=h application_name=mine target_session_attrs=any ssl_min_protocol_version=TLSv1.3
            client_encoding=LATIN1
            """
        )
        #expect(configuration.applicationName == "mine")
        #expect(configuration.target == .any)
        #expect(configuration.transport.minimumVersion == .tls13)
        #expect(value("client_encoding", of: configuration) == "UTF8")
        configuration.transport.minimumVersion = .tls11
        #expect(value("ssl_min_protocol_version", of: configuration) == "TLSv1.1")
    }

    @Test func settingsAreOneWordEach() throws {
        var configuration = try LibPQConfiguration("host=h options='-c a=b'")
        configuration.settings = ["search_path": "my schema,\\other", "work_mem": "8MB"]
        #expect(
            value("options", of: configuration) == "-c a=b -c search_path=my\\ schema,\\\\other -c work_mem=8MB"
        )
    }

    @Test(arguments: [
        "host=h hunter2", "postgres://u@h/d?hunter2=1", "postgres://u:a@hunter2@h/d", "postgres://u@h:hunter2/d",
        "host='hunter2",
        "a\0b",
    ])
    func aStringThatCannotBeReadIsNotRepeated(_ string: String) {
        do throws(PostgresFailure) {
            _ = try LibPQConfiguration(string)
            Issue.record("\(string) was read")
        } catch {
            #expect(error.code == .notConnected)
            #expect(!error.description.contains("hunter2"))
        }
    }

    @Test func noPasswordIsEverPrinted() throws {
        let configuration = try LibPQConfiguration("postgres://ann:hunter2@h:1/d")
        var dumped = ""
        dump(Optional(configuration), to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), "\([configuration])", dumped] {
            #expect(text.contains("ann") && text.contains("h"))
            #expect(!text.contains("hunter2"))
        }
    }

    @Test func millisecondsAreRoundedUpAndNeverTrap() {
        #expect(Duration.zero.pollMilliseconds == 0)
        #expect(Duration.seconds(-1).pollMilliseconds == 0)
        #expect(Duration.nanoseconds(1).pollMilliseconds == 1)
        #expect(Duration.milliseconds(1_500).pollMilliseconds == 1_500)
        #expect(Duration.seconds(Int64.max).pollMilliseconds == .max)
    }

    @Test(arguments: [
        ("select 1", false), (" \n(select 1)", false), ("with a as (select 1) select 1", false),
        ("insert into t", false),
        ("begin", true), ("  BEGIN isolation level", true), ("Start Transaction", true), ("commit", true),
        ("end", true),
        ("rollback", true), ("savepoint a", true), ("-- a\nselect 1", true), ("/* a */ select 1", true), ("", true),
        ("prepare transaction 'a'", true), ("beginning", false),
    ])
    func statementsOfTransactionsAreKnown(_ sql: String, _ controls: Bool) {
        #expect(PostgresStatement(sql).controlsTransactions == controls)
    }
}
#endif
