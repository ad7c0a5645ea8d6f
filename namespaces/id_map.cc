// A map is one write(2). newuidmap and newgidmap are found in the system's directories, never along
// PATH, and get no environment: their arguments come from the configuration.
#include "namespaces/id_map.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

constexpr int kCommandNotFound = 127;

bool only(const std::vector<oci::IdMapping>& mappings, uint32_t id) {
  return mappings.size() == 1 && mappings[0].size == 1 && mappings[0].host_id == id;
}

std::string find_helper(const std::string& name) {
  for (const char* directory : {"/usr/bin/", "/bin/", "/usr/local/bin/"}) {
    if (sys::try_fstatat(AT_FDCWD, directory + name)) return directory + name;
  }
  throw Error(name + " is not installed")
      .with_hint("mapping more than one's own id needs it: package uidmap or shadow");
}

void run_helper(const std::string& name, pid_t pid, const std::vector<oci::IdMapping>& mappings) {
  std::string path = find_helper(name);
  std::vector<std::string> arguments = {name, std::to_string(pid)};
  for (const oci::IdMapping& mapping : mappings) {
    for (uint32_t number : {mapping.container_id, mapping.host_id, mapping.size}) {
      arguments.push_back(std::to_string(number));
    }
  }
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  char* no_environment[] = {nullptr};
  Fd helper;
  if (sys::clone3(0, &helper, -1) == 0) {
    ::execve(path.c_str(), argv.data(), no_environment);
    ::_exit(kCommandNotFound);
  }
  auto status = sys::waitid(helper, WEXITED);
  if (!status || status->si_code != CLD_EXITED || status->si_status != 0) {
    throw Error(name + " failed for the mapping " + quote(trim(map_text(mappings))))
        .with_hint("the ranges must be granted in /etc/subuid and /etc/subgid");
  }
}

void write_map(pid_t pid, const char* file, const std::string& text) {
  sys::write_file_at(AT_FDCWD, "/proc/" + std::to_string(pid) + "/" + file, text);
}

}  // namespace

std::optional<uint32_t> to_host(const std::vector<oci::IdMapping>& mappings, uint32_t id) {
  for (const oci::IdMapping& mapping : mappings) {
    if (id >= mapping.container_id && id - mapping.container_id < mapping.size) {
      return mapping.host_id + (id - mapping.container_id);
    }
  }
  return std::nullopt;
}

const oci::IdMapping* line_of_host(const std::vector<oci::IdMapping>& mappings, uint32_t id) {
  for (const oci::IdMapping& line : mappings) {
    if (id >= line.host_id && id - line.host_id < line.size) return &line;
  }
  return nullptr;
}

std::string map_text(const std::vector<oci::IdMapping>& mappings) {
  std::string text;
  for (const oci::IdMapping& mapping : mappings) {
    text += std::to_string(mapping.container_id) + " " + std::to_string(mapping.host_id) + " " +
            std::to_string(mapping.size) + "\n";
  }
  return text;
}

std::vector<oci::IdMapping> seen_from(const std::vector<oci::IdMapping>& inner,
                                      const std::vector<oci::IdMapping>& outer) {
  std::vector<oci::IdMapping> result;
  for (const oci::IdMapping& range : inner) {
    for (uint32_t done = 0; done < range.size;) {
      uint32_t host = range.host_id + done;
      const oci::IdMapping* line = line_of_host(outer, host);
      if (line == nullptr) {
        throw Error("id " + std::to_string(host) + " is not in the container's user namespace");
      }
      uint32_t into = host - line->host_id;
      uint32_t size = std::min(range.size - done, line->size - into);
      result.push_back({range.container_id + done, line->container_id + into, size});
      done += size;
    }
  }
  return result;
}

MapWriter map_writer(const IdMaps& maps) {
  if (::geteuid() == 0) return MapWriter::Ourselves;
  if (only(maps.uids, ::geteuid()) && only(maps.gids, ::getegid())) {
    return MapWriter::OurselvesWithoutGroups;
  }
  return MapWriter::Helpers;
}

void write_id_maps(pid_t pid, const Fd& pidfd, const IdMaps& maps, MapWriter writer) {
  Scope scope("write id maps");
  if (!sys::pidfd_send_signal(pidfd, 0)) throw Error(ESRCH, "write", "uid_map");
  if (writer == MapWriter::Helpers) {
    run_helper("newuidmap", pid, maps.uids);
    run_helper("newgidmap", pid, maps.gids);
    return;
  }
  if (writer == MapWriter::OurselvesWithoutGroups) write_map(pid, "setgroups", "deny");
  write_map(pid, "uid_map", map_text(maps.uids));
  write_map(pid, "gid_map", map_text(maps.gids));
}

IdMaps read_id_maps(pid_t pid) {
  auto read = [pid](const char* file) {
    std::string text = sys::read_file_at(AT_FDCWD, "/proc/" + std::to_string(pid) + "/" + file);
    std::vector<oci::IdMapping> map;
    for (std::string_view line : split(trim(text), '\n')) {
      std::vector<uint32_t> numbers;
      for (std::string_view word : split(line, ' ')) {
        if (auto number = parse_number<uint32_t>(word)) numbers.push_back(*number);
      }
      if (numbers.size() == 3) map.push_back({numbers[0], numbers[1], numbers[2]});
    }
    return map;
  };
  return {read("uid_map"), read("gid_map")};
}

}  // namespace tare::namespaces
