/// Runs a benchmark: both sides in turn, round by round, so that whatever else the machine does hits both alike.
struct BenchmarkRunner: Sendable {
    /// How many rounds are measured.
    var rounds: Int
    /// How many rounds come before them and are thrown away.
    var warmUps: Int
    /// How much smaller than usual a round is.
    var shrinking: Int = 1

    /// The fewest operations of a shrunken round.
    static let fewestOperations = 500

    /// Measures a benchmark; throws when a program fails, or when the two sides do not do the same work.
    func measure(_ benchmark: Benchmark) async throws -> Measurement {
        var sides = self.sides(of: benchmark)
        for round in 0..<(warmUps + min(rounds, benchmark.mostRounds)) {
            var samples: [Role: Sample] = [:]
            // Whoever comes second finds warmer caches and a hotter processor: take turns.
            for index in round % 2 == 0 ? Array(sides.indices) : sides.indices.reversed() {
                let sample = try await Self.sample(
                    sides[index].program,
                    sides[index].workload,
                    benchmark.measuresMemory
                )
                samples[sides[index].role] = sample
                // Memory grows once: later rounds find what earlier ones were given by the system.
                if round == 0 { sides[index].bytes = sample.bytes }
                if round >= warmUps { sides[index].samples.append(sample) }
            }
            try compare(samples, benchmark)
        }
        let measured = Dictionary(uniqueKeysWithValues: sides.map { ($0.role, $0.measured) })
        var measurement = Measurement(
            benchmark: benchmark,
            subject: measured[.subject],
            baseline: measured[.baseline],
            reference: measured[.reference]
        )
        if let subject = measured[.subjectStart], let baseline = measured[.baselineStart] {
            measurement.start = (subject, baseline)
        }
        return measurement
    }

    private enum Role {
        case baseline, subject, reference, baselineStart, subjectStart
    }

    private struct RunningSide {
        let role: Role
        let program: Program
        let workload: Workload
        var samples: [Sample] = []
        var bytes: Int64?

        var measured: Measurement.Side {
            Measurement.Side(
                name: program.name,
                workload: workload,
                nanoseconds: samples.map(\.nanoseconds),
                residentBytesPerOperation: bytes.map { $0 / Int64(workload.operations) },
                waits: WaitDistribution(nanoseconds: samples.flatMap(\.waits)),
                roundWaits: samples.compactMap { WaitDistribution(nanoseconds: $0.waits) }
            )
        }
    }

    private func sides(of benchmark: Benchmark) -> [RunningSide] {
        let workload = shrunken(benchmark.workload)
        let baselineWorkload = shrunken(benchmark.baselineWorkload ?? benchmark.workload)
        let programs: [(Role, Program?, Workload)] = [
            (.baseline, benchmark.baseline, baselineWorkload),
            (.subject, benchmark.subject, workload),
            (.reference, benchmark.reference?.program, shrunken(benchmark.reference?.workload ?? workload)),
            (.baselineStart, benchmark.start?.baseline, baselineWorkload),
            (.subjectStart, benchmark.start?.subject, workload),
        ]
        return programs.compactMap { role, program, workload in
            program.map { RunningSide(role: role, program: $0, workload: workload) }
        }
    }

    /// Refuses two sides that have as many operations and did not do the same.
    private func compare(_ samples: [Role: Sample], _ benchmark: Benchmark) throws {
        guard let subject = samples[.subject], let baseline = samples[.baseline],
            shrunken(benchmark.workload).operations
                == shrunken(benchmark.baselineWorkload ?? benchmark.workload).operations,
            subject.witness != baseline.witness
        else { return }
        throw BenchmarkFailure.differentWork(benchmark.name, subject: subject.witness, baseline: baseline.witness)
    }

    private func shrunken(_ workload: Workload) -> Workload {
        var workload = workload
        let fewest = min(workload.operations, max(Self.fewestOperations, workload.tasks))
        workload.operations = max(fewest, workload.operations / shrinking)
        return workload
    }

    private struct Sample {
        let nanoseconds: Int64
        let witness: Int64
        let waits: [Int64]
        let bytes: Int64?
    }

    private static func sample(
        _ program: Program,
        _ workload: Workload,
        _ measuresMemory: Bool
    ) async throws -> Sample {
        let round = try await program.prepare(workload)
        let bytesBefore = measuresMemory ? ResidentMemory.bytes() : nil
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await round()
        let elapsed = start.duration(to: clock.now)
        // The round holds its state until here.
        let bytesAfter = withExtendedLifetime(round) { measuresMemory ? ResidentMemory.bytes() : nil }
        let parts = elapsed.components
        return Sample(
            nanoseconds: max(
                1,
                parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000 - answer.idleNanoseconds
            ),
            witness: answer.witness,
            waits: answer.waitNanoseconds,
            bytes: bytesBefore.flatMap { before in bytesAfter.map { $0 - before } }
        )
    }
}
