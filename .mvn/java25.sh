# Sourced by ./chasqui and ./mvnw: sets JAVA_HOME to a JDK 25 or newer, or ends with one line that
# says what to install. Looks at $JAVA_HOME, then java on the PATH, then where systems install JDKs.

jdk_major() { # prints the major version of the JDK in folder $1, nothing if it is none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

is_java25() { local major; major=$(jdk_major "$1"); [ -n "$major" ] && [ "$major" -ge 25 ]; }

find_java25() {
  local home
  if [ -n "${JAVA_HOME:-}" ] && is_java25 "$JAVA_HOME"; then return 0; fi
  if command -v java >/dev/null 2>&1; then
    home=$(cd "$(dirname "$(readlink -f "$(command -v java)")")/.." && pwd)
    if is_java25 "$home"; then JAVA_HOME=$home; return 0; fi
  fi
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_java25 "$home"; then JAVA_HOME=$home; return 0; fi
  done
  echo "chasqui: no JDK 25 or newer found; install one (for example Temurin 25) or set JAVA_HOME to it" >&2
  exit 2
}

find_java25
export JAVA_HOME
