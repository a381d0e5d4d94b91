import Disks
import Testing

struct FATVolumeTests {
    private static func script(_ bits: Int) -> String {
        """
        truncate -s 40M d.img
        mkfs.vfat --invariant -F \(bits) -s \(bits == 12 ? 64 : bits == 16 ? 4 : 1) -n BOOT d.img
        printf 'hello\\n' > hello.txt; : > empty; head -c 100000 /dev/urandom > large; printf 1 > 'Long Name.Text'
        mmd -i d.img ::/boot ::/boot/deep
        mcopy -i d.img hello.txt empty large 'Long Name.Text' ::/
        mcopy -i d.img hello.txt ::/boot/deep/again.txt
        mcopy -i d.img hello.txt ::/gone; mdel -i d.img ::/gone
        """
    }

    @Test(arguments: [12, 16, 32])
    func filesAreFoundAndRead(_ bits: Int) throws {
        let images = try ScratchImages(Self.script(bits))
        let disk = try images.disk("d.img")
        let slice = DiskSlice(all: disk)
        #expect(FATVolume.isPresent(in: slice))
        let volume = try FATVolume(slice)
        #expect(volume.width.rawValue == bits)
        #expect(FATBootSector(slice)?.label.text == "BOOT       ")
        let names = volume.entries(of: .root).map(\.name.text)
        #expect(names == ["boot", "hello.txt", "empty", "large", "Long Name.Text"])
        #expect(volume.entries(of: .root).map(\.byteCount) == [0, 6, 0, 100_000, 1])
        let large = try Self.file("LARGE", in: volume)
        let found = volume.runs(of: large, from: 0, limit: 0)
        #expect(found.isComplete)
        #expect(ScratchImages.bytes(found.runs, on: disk) == RawFile.bytes(images.path("large")))
        let part = volume.runs(of: large, from: 70000, limit: 1000).runs
        #expect(ScratchImages.bytes(part, on: disk) == Array(RawFile.bytes(images.path("large"))[70000..<71000]))
        #expect(volume.runs(of: large, from: 100_000, limit: 1).runs.isEmpty)
    }

    private static func file(_ path: String, in volume: FATVolume) throws -> FATEntry {
        guard case .entry(let entry)? = volume.find(Array(path.utf8)) else {
            throw Missing()
        }
        return entry
    }

    private struct Missing: Error {}

    @Test func pathsAreLookedUpWithoutCase() throws {
        let volume = try FATVolume(DiskSlice(all: try ScratchImages(Self.script(16)).disk("d.img")))
        for path in ["boot/deep/again.txt", "/BOOT//deep/AGAIN.TXT", "./boot/../boot/deep/./again.txt", "../hello.txt"]
        {
            #expect(try Self.file(path, in: volume).byteCount == 6, "\(path)")
        }
        #expect(try Self.file("LONGNA~1.TEX", in: volume).name.text == "Long Name.Text")
        for path in ["gone", "hello.txt/", "hello.txt/x", "boot/nope", "BOOT   "] {
            #expect(volume.find(Array(path.utf8)) == nil, "\(path)")
        }
        #expect(volume.find([]) == .root)
        #expect(volume.find(Array("boot/..".utf8)) == .root)
    }

    @Test func aChainThatEndsEarlyIsToldFromAWholeOne() throws {
        let disk = try ScratchImages(Self.script(16)).disk("d.img")
        let volume = try FATVolume(DiskSlice(all: disk))
        let reserved = Int(disk.number(at: 14, byteCount: 2) ?? 0)
        disk.write([UInt8](repeating: 0, count: 512), at: reserved * 512)
        let found = volume.runs(of: try Self.file("large", in: volume), from: 0, limit: 0)
        #expect(!found.isComplete)
        #expect(found.problems == [.endsEarly])
        #expect(found.runs.map(\.byteCount).reduce(0, +) < 100_000)
    }

    @Test func damagedVolumesNeverCrash() throws {
        let disk = try ScratchImages(Self.script(16)).disk("d.img")
        let head = disk.read(0, 1 << 17) ?? []
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            for _ in 0..<4 {
                let area = [64, 1 << 12, head.count].randomElement(using: &generator) ?? 64
                disk.write([.random(in: 0...255, using: &generator)], at: .random(in: 0..<area, using: &generator))
            }
            guard let volume = try? FATVolume(DiskSlice(all: disk)) else {
                disk.write(Array(head.prefix(4096)), at: 0)
                continue
            }
            for entry in volume.entries(of: .root) {
                _ = volume.runs(of: entry, from: 0, limit: 1 << 20)
                _ = volume.find(entry.name + Array("/x".utf8))
            }
        }
    }
}
