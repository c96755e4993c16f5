/// Runs the program of that name.
@main
enum PlantedRaces {
    static func main() async {
        guard CommandLine.arguments.count == 2, let program = PlantedProgram(rawValue: CommandLine.arguments[1]) else {
            fatalError("name one of \(PlantedProgram.allCases.map(\.rawValue))")
        }
        await program.run()
    }
}
