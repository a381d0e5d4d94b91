import Testing
import UBoot

@testable import ImageBuilder

struct ShellConfigTests {
    @Test func runsProgramsWithoutTheEnvironment() throws {
        let text = """
            for i in 0 1; do DOMU_MEM[i]=$((i * 128 + 128)); done
            XEN=$(echo xen)
            OTHER=${HOME-none}
            echo printed
            """
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = try folder.write(Array(text.utf8), "config")
        let (variables, printed) = try ShellConfig.run(path, bytes: Array(text.utf8), name: "config")
        #expect(variables.byName["DOMU_MEM"]?.elements.mapValues(\.text) == [0: "128", 1: "256"])
        #expect(variables["XEN"]?.text == "xen")
        #expect(variables["XEN"]?.place.line == 2)
        #expect(variables["OTHER"]?.text == "none")
        #expect(variables.byName["HOME"] == nil)
        #expect(printed == "printed\n")
    }

    @Test func anEndedShellIsAnError() throws {
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = try folder.write(Array("exit 7".utf8), "config")
        #expect(throws: ShellConfig.Failure.ended(status: 7, errors: "")) {
            try ShellConfig.run(path, bytes: [], name: "config")
        }
    }
}
