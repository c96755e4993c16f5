/// Looks at a database, and brings its tables up to date.
///
/// It also sees to the turns of the feed, which are the server's transaction numbers: a dump that is restored into
/// another cluster meets a server that counts from the beginning, and what is written there would lie before everything
/// that was restored. So the identity of the cluster is kept, and where it has changed the turns go on behind the last.
struct PostgresOpening: Sendable {
    let sessions: any PostgresSessions
    let migrates: Bool

    /// Opens the database.
    func open() async throws(PostgresOpeningError) {
        do throws(Obstacle) {
            try await sessions.opening { session throws(Obstacle) in
                guard try await !isReady(session) else { return }
                try await migrate(session)
            }
        } catch {
            throw error.openingError
        }
    }

    /// Why it ended early.
    enum Obstacle: Error {
        case failure(PostgresFailure)
        case refusal(PostgresOpeningError)

        var openingError: PostgresOpeningError {
            switch self {
            case .refusal(let error): return error
            case .failure(let failure):
                // Classes 08, 28, 3D, 53 and 57: no way in, a wrong name or password, no room, or a server that ends.
                let isOutside = failure.sqlStateClass.map { ["08", "28", "3D", "53", "57"].contains($0) } ?? true
                return PostgresOpeningError(isOutside ? .cannotConnect : .refused, message: failure.description)
            }
        }
    }

    private func isReady(_ session: any PostgresSession) async throws(Obstacle) -> Bool {
        let server = try await session.asking(
            """
            select current_setting('server_version_num')::bigint, current_setting('server_encoding'), \
            to_regclass('marketplace_migration') is not null
            """
        )
        let version = try Obstacle.reading { () throws(PostgresFailure) in try server.integer(0, of: 0) }
        let encoding = try Obstacle.reading { () throws(PostgresFailure) in try server.text(1, of: 0) }
        let hasTables = try Obstacle.reading { () throws(PostgresFailure) in try server.flag(2, of: 0) }
        guard version >= PostgresDatabase.oldestServer else {
            let message = "it is version \(version), and \(PostgresDatabase.oldestServer) or later is needed"
            throw .refusal(PostgresOpeningError(.oldServer, message: message))
        }
        guard encoding == "UTF8" else {
            throw .refusal(PostgresOpeningError(.wrongEncoding, message: "it keeps its texts as \(encoding)"))
        }
        let found = hasTables ? try await self.version(session) : 0
        guard PostgresSchema.generation(of: found) <= PostgresSchema.generation else {
            let message = "its form is \(found), this release knows forms up to \(PostgresSchema.version)"
            throw .refusal(PostgresOpeningError(.newerSchema, message: message))
        }
        guard found >= PostgresSchema.version else {
            guard migrates else {
                let message = "its form is \(found), this release needs \(PostgresSchema.version)"
                throw .refusal(PostgresOpeningError(.needsMigration, message: message))
            }
            return false
        }
        let cluster = try await session.asking(
            "select count(*) from marketplace_feed f join pg_control_system() s on f.cluster = s.system_identifier::text"
        )
        return try Obstacle.reading { () throws(PostgresFailure) in try cluster.integer(0, of: 0) } == 1
    }

    private func version(_ session: any PostgresSession) async throws(Obstacle) -> Int64 {
        let rows = try await session.asking("select coalesce(max(version), 0) from marketplace_migration")
        return try Obstacle.reading { () throws(PostgresFailure) in try rows.integer(0, of: 0) }
    }

    /// Takes the steps that are missing in one transaction; of several servers at once, one does it.
    private func migrate(_ session: any PostgresSession) async throws(Obstacle) {
        do throws(Obstacle) {
            _ = try await session.asking("begin isolation level read committed read write")
            _ = try await session.asking("select pg_advisory_xact_lock(\(PostgresSlots.slotClass), -1)")
            if migrates {
                _ = try await session.asking(PostgresSchema.record)
                let found = try await version(session)
                for step in PostgresSchema.migrations where step.version > found {
                    for statement in step.statements { _ = try await session.asking(statement) }
                    _ = try await session.asking(
                        "insert into marketplace_migration (version, name) values ($1, $2)",
                        [.bigint(step.version), .text(step.name)]
                    )
                }
            }
            _ = try await session.asking(Self.followCluster)
            _ = try await session.asking("commit")
        } catch {
            // What fails here is a session that its pool will find broken.
            _ = try? await session.run([PostgresWriter.rollback])
            throw error
        }
    }

    /// How far behind everything that is stored the turns go on in another cluster, of which 2,000 have room.
    ///
    /// What is stored does not tell how far the turns had come: readers may have been told of later positions, and
    /// documents that were deleted had later revisions.
    private static let leap: Int64 = 1 << 32

    /// Lets the turns go on behind everything that is stored, where the cluster is another one than before.
    private static let followCluster = """
        update marketplace_feed f set cluster = s.system_identifier::text, turn_offset = case when f.cluster is null \
        then f.turn_offset else greatest(f.turn_offset, \
        (select coalesce(max(turn), 0) from (select max(turn) from marketplace_event union all select \
        max(greatest(number, revision) >> \(PostgresBatch.stampBits)) from marketplace_document union all select \
        max(id >> \(PostgresBatch.stampBits)) from marketplace_stream) as last(turn)) - \
        pg_current_xact_id()::text::bigint + \(leap)) end from pg_control_system() s where f.cluster is distinct from \
        s.system_identifier::text
        """
}

extension PostgresOpening.Obstacle {
    /// Reads an answer.
    static func reading<Value>(
        _ body: () throws(PostgresFailure) -> Value
    ) throws(PostgresOpening.Obstacle) -> Value {
        do throws(PostgresFailure) { return try body() } catch { throw .failure(error) }
    }
}

extension PostgresSession {
    /// Runs one statement that is not worth preparing.
    fileprivate func asking(
        _ sql: String,
        _ values: [PostgresValue] = []
    ) async throws(PostgresOpening.Obstacle) -> PostgresRows {
        do throws(PostgresFailure) {
            return try await run(PostgresStatement(sql, values: values))
        } catch {
            throw .failure(error)
        }
    }
}

extension PostgresSessions {
    /// Lends a session to `body`, which may end for reasons of its own.
    fileprivate func opening(
        _ body: (any PostgresSession) async throws(PostgresOpening.Obstacle) -> Void
    ) async throws(PostgresOpening.Obstacle) {
        let ended: Result<Void, PostgresOpening.Obstacle>
        do throws(PostgresFailure) {
            ended = try await withSession { session throws(PostgresFailure) in
                do throws(PostgresOpening.Obstacle) {
                    return .success(try await body(session))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .failure(error)
        }
        try ended.get()
    }
}
