import BootImages
import Foundation
import Testing

@testable import UBoot

/// FITs that mkimage signs with keys made here, on a board that requires the key.
struct SignedFITTests {
    private static let tools = ["/usr/bin/mkimage", "/usr/bin/openssl", "/usr/bin/dtc"]
    private static let hasTools = tools.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    /// A signed FIT and the control tree with the public key.
    private struct Signed {
        var fit: [UInt8]
        var control: [UInt8]

        /// One that is signed with RSA.
        init(bits: Int, padding: String) throws {
            try self.init(
                algorithm: "rsa\(bits)", padding: padding, control: "/dts-v1/; / { };",
                key: [
                    ["openssl", "genrsa", "-out", "dev.key", "\(bits)"],
                    ["openssl", "req", "-batch", "-new", "-x509", "-key", "dev.key", "-out", "dev.crt"],
                ])
        }

        /// One that is signed with ECDSA; mkimage leaves it to the user to require the key.
        static func ecdsa() throws -> Signed {
            try Signed(
                algorithm: "ecdsa256", padding: "pkcs-1.5", control: "/dts-v1/; / { signature { }; };",
                key: [["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "dev.pem"]],
                after: [["fdtput", "-t", "s", "control.dtb", "/signature/dev", "required", "conf"]])
        }

        private init(
            algorithm: String, padding: String, control source: String, key: [[String]], after: [[String]] = []
        ) throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "signed-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try Data(TestImage.kernel()).write(to: folder.appending(path: "Image"))
            let controlSource = source
            let source = """
                /dts-v1/; / { description = "signed"; #address-cells = <1>;
                images { kernel { description = "k"; data = /incbin/("Image"); type = "kernel"; arch = "arm64";
                os = "linux"; compression = "none"; load = <0x42000000>; entry = <0x42000000>;
                hash-1 { algo = "sha256"; }; }; };
                configurations { default = "c1"; c1 { description = "c"; kernel = "kernel";
                signature { algo = "sha256,\(algorithm)"; key-name-hint = "dev"; padding = "\(padding)";
                sign-images = "kernel"; }; }; }; };
                """
            try Data(source.utf8).write(to: folder.appending(path: "fit.its"))
            try Data(controlSource.utf8).write(to: folder.appending(path: "control.dts"))
            let lines =
                key + [
                    ["dtc", "-q", "-p", "4096", "-O", "dtb", "-o", "control.dtb", "control.dts"],
                    ["mkimage", "-f", "fit.its", "-k", ".", "-K", "control.dtb", "-r", "fit.itb"],
                ] + after
            for line in lines {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/\(line[0])")
                process.arguments = Array(line.dropFirst())
                process.currentDirectoryURL = folder
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                try #require(process.terminationStatus == 0, "\(line)")
            }
            fit = [UInt8](try Data(contentsOf: folder.appending(path: "fit.itb")))
            control = [UInt8](try Data(contentsOf: folder.appending(path: "control.dtb")))
        }

        /// What a board with the key says to the FIT.
        func answer(ecdsa: ImageSupport.ECDSA = .unknown) throws -> (output: String, status: Int?) {
            var description = TestBoard.description()
            description.images.verifiesPSS = true
            description.images.ecdsa = ecdsa
            description.controlTree = 0xbedb_6db0
            description.presets.append(.init(label: nil, address: 0xbedb_6db0, bytes: control))
            var machine = try Machine(description)
            try machine.memory.preset(fit, at: 0x5000_0000)
            let typed = machine.type(Array("bootm start 50000000#c1".utf8), source: "<prompt>").commands
            return (typed.last?.output.latin1 ?? "", typed.last?.status)
        }
    }

    @Test(
        .enabled(if: hasTools, "mkimage, openssl or dtc is missing: run scripts/setup"),
        arguments: [(2048, "pkcs-1.5"), (2048, "pss"), (4096, "pkcs-1.5"), (4096, "pss")])
    func signatureFitsUntilABitIsFlipped(bits: Int, padding: String) throws {
        let signed = try Signed(bits: bits, padding: padding)
        let good = try signed.answer()
        #expect(good.status == 0)
        #expect(good.output.contains("   Verifying Hash Integrity ... sha256,rsa\(bits):dev+ OK\n"))

        let image = try unsafe FITImage(signed.fit.span.bytes)
        let kernel = try #require(image.images.first)
        let configuration = try #require(image.configuration(nil))
        let data = try #require(kernel.node.property("data")?.range.lowerBound)
        let hash = try #require(kernel.hashes.first?.property("value")?.range.lowerBound)
        let signature = try #require(configuration.children.first?.property("value")?.range.lowerBound)
        let name = try #require(configuration.property("description")?.range.lowerBound)
        let refused = "Failed to verify required signature 'key-dev'\nBad Data Hash\nERROR: can't get kernel image!\n"
        for (place, words) in [
            (data + 100, "Bad hash value for 'hash-1' hash node in 'kernel' image node\nBad Data Hash\n"),
            (hash, refused), (signature + 7, refused), (name, refused),
        ] {
            var damaged = signed
            damaged.fit[place] ^= 4
            let answer = try damaged.answer()
            #expect(answer.status == 1)
            #expect(answer.output.contains(words), "\(place): \(answer.output)")
        }
        let control = try #require(unsafe FITNode(tree: signed.control.span.bytes))
        let key = try #require(control.child("signature")?.children.first)
        for property in ["rsa,modulus", "rsa,r-squared", "rsa,n0-inverse", "rsa,exponent"] {
            var damaged = signed
            damaged.control[try #require(key.property(property)?.range.upperBound) - 2] ^= 1
            let answer = try damaged.answer()
            #expect(answer.output.hasSuffix(refused), "\(property): \(answer.output)")
        }
    }

    /// A build that does not know the algorithm, and one without a device for it, say what the real ones said.
    @Test(.enabled(if: hasTools, "mkimage, openssl or dtc is missing: run scripts/setup"))
    func ecdsaIsVerifiedWhereTheBoardCan() throws {
        let signed = try Signed.ecdsa()
        let good = try signed.answer(ecdsa: .verified)
        #expect(good.status == 0)
        #expect(good.output.contains("   Verifying Hash Integrity ... sha256,ecdsa256:dev+ OK\n"))
        let refusal = " for '<NULL>' hash node in 'c1' config node\nFailed to verify required signature 'dev'\n"
        #expect(try signed.answer(ecdsa: .unknown).output.contains("Unknown signature algorithm\(refusal)"))
        #expect(try signed.answer(ecdsa: .withoutDevice).output.contains("Verification failed\(refusal)"))

        let image = try unsafe FITImage(signed.fit.span.bytes)
        let node = try #require(image.configuration(nil)?.children.first)
        let places = try #require(node.property("value")?.range)
        for place in [places.lowerBound, places.lowerBound + 31, places.upperBound - 1] {
            var damaged = signed
            damaged.fit[place] ^= 1
            #expect(try damaged.answer(ecdsa: .verified).output.contains("Verification failed\(refusal)"))
        }
        let control = try #require(unsafe FITNode(tree: signed.control.span.bytes))
        let key = try #require(control.child("signature")?.children.first)
        for property in ["ecdsa,x-point", "ecdsa,y-point", "ecdsa,curve"] {
            var damaged = signed
            damaged.control[try #require(key.property(property)?.range.upperBound) - 2] ^= 1
            #expect(try damaged.answer(ecdsa: .verified).output.contains("Verification failed\(refusal)"))
        }
    }
}
