"""What a check is made of: its declaration, its failure, its transcript, its random inputs."""
